//! One name in two alphabets: «Боб» and "Bob", "Sasha" and «Саша».
//!
//! English names go into Cyrillic by a table, as their spelling does not say how they sound, and letter by letter where the table lacks
//! them; Russian names go into Latin in too many ways to list, so two spellings are the same if they fold to the same letters.

/// English names that Russian does not spell letter by letter.
const TABLE: &str = include_str!("../languages/ru/english_names.txt");

/// Whether a Latin and a Cyrillic word may begin with the same sound: a quick look before the slow ones.
pub(crate) fn may_begin_alike(latin: &str, cyrillic: &str) -> bool {
    let (Some(latin), Some(cyrillic)) = (latin.chars().next(), cyrillic.chars().next()) else {
        return false;
    };
    let sounds = match latin {
        'a' => "аэо",
        'c' => "кцсчх",
        'e' => "эеию",
        'g' => "гдж",
        'h' => "хг",
        'i' | 'y' => "ийяюеыа",
        'j' => "джйюяхеи",
        'k' => "кх",
        'o' => "оу",
        'p' => "пф",
        'q' => "к",
        's' => "сшщ",
        't' => "тц",
        'u' => "ую",
        'w' => "ву",
        'x' => "кх",
        'z' => "зжц",
        _ => return letter_by_letter(latin.encode_utf8(&mut [0; 4])).starts_with(cyrillic),
    };
    sounds.contains(cyrillic)
}

/// How Russian may spell a Latin name, nominative, lower case, ё as е.
pub(crate) fn in_cyrillic(latin: &str) -> Vec<String> {
    let listed = TABLE
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(name, _)| *name == latin);
    match listed {
        Some((_, spellings)) => spellings.split_whitespace().map(str::to_owned).collect(),
        None => vec![letter_by_letter(latin)],
    }
}

/// Whether a Latin word is this Cyrillic name (lower case) by one of the usual ways to write it.
pub(crate) fn same_sound(latin: &str, cyrillic: &str) -> bool {
    folded(latin) == folded(&in_latin(cyrillic))
}

fn letter_by_letter(latin: &str) -> String {
    const PAIRS: [(&str, &str); 17] = [
        ("shch", "щ"),
        ("sh", "ш"),
        ("ch", "ч"),
        ("zh", "ж"),
        ("kh", "х"),
        ("th", "т"),
        ("ph", "ф"),
        ("ck", "к"),
        ("ts", "ц"),
        ("ya", "я"),
        ("ia", "ия"),
        ("yu", "ю"),
        ("yo", "е"),
        ("ee", "и"),
        ("oo", "у"),
        ("qu", "кв"),
        ("ll", "лл"),
    ];
    let mut out = String::new();
    let mut rest = latin;
    while let Some(first) = rest.chars().next() {
        if let Some((from, to)) = PAIRS.iter().find(|(from, _)| rest.starts_with(from)) {
            out.push_str(to);
            rest = rest.get(from.len()..).unwrap_or("");
            continue;
        }
        out.push_str(match first {
            'a' => "а",
            'b' => "б",
            'c' | 'k' | 'q' => "к",
            'd' => "д",
            'e' => "е",
            'f' => "ф",
            'g' => "г",
            'h' => "х",
            'i' | 'y' => "и",
            'j' => "дж",
            'l' => "л",
            'm' => "м",
            'n' => "н",
            'o' => "о",
            'p' => "п",
            'r' => "р",
            's' => "с",
            't' => "т",
            'u' => "у",
            'v' | 'w' => "в",
            'x' => "кс",
            'z' => "з",
            _ => "",
        });
        rest = rest.get(first.len_utf8()..).unwrap_or("");
    }
    out
}

fn in_latin(cyrillic: &str) -> String {
    cyrillic
        .chars()
        .map(|c| match c {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' | 'э' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' | 'й' | 'ы' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "h",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "sch",
            'ю' => "yu",
            'я' => "ya",
            _ => "",
        })
        .collect()
}

/// What spellings of one name have in common: "Dmitriy" and "Dmitry", "Tania" and "Tanya", "Pyotr" and "Petr".
fn folded(latin: &str) -> String {
    let mut text = latin.to_owned();
    for (from, to) in [
        ("kh", "h"),
        ("x", "ks"),
        ("w", "v"),
        ("tz", "ts"),
        ("shch", "sch"),
        ("j", "y"),
        ("iy", "i"),
        ("iu", "yu"),
        ("ia", "ya"),
        ("io", "yo"),
        ("yo", "e"),
        ("ye", "e"),
        ("ie", "e"),
    ] {
        text = text.replace(from, to);
    }
    let mut out = String::new();
    for c in text.chars() {
        // A soft sign or «й» is written or not.
        let c = if c == 'y' { 'i' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    let soft: String = out.replace("ia", "a").replace("iu", "u");
    if out.starts_with('i') { out } else { soft }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_names_are_met_in_their_usual_latin_spellings() {
        for (latin, cyrillic) in [
            ("sasha", "саша"),
            ("anya", "аня"),
            ("ania", "аня"),
            ("petr", "петр"),
            ("pyotr", "петр"),
            ("dmitry", "дмитрий"),
            ("dmitrii", "дмитрий"),
            ("yulia", "юлия"),
            ("zhenya", "женя"),
            ("maria", "мария"),
            ("aleksey", "алексей"),
            ("alexei", "алексей"),
            ("tanya", "таня"),
        ] {
            assert!(same_sound(latin, cyrillic), "{latin} {cyrillic}");
        }
        for (latin, cyrillic) in [("masha", "саша"), ("olya", "коля"), ("ann", "яна")] {
            assert!(!same_sound(latin, cyrillic), "{latin} {cyrillic}");
        }
    }

    #[test]
    fn english_names_are_spelled_as_they_sound() {
        for (latin, cyrillic) in [
            ("bob", "боб"),
            ("mike", "майк"),
            ("samantha", "саманта"),
            ("ann", "анн"),
        ] {
            assert!(
                in_cyrillic(latin).iter().any(|name| name == cyrillic),
                "{latin}: {:?}",
                in_cyrillic(latin)
            );
        }
    }
}
