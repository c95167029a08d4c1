//! What a decision costs: `cargo bench -p corridor-decision`. One command of twelve words, and how the cost grows with the number of items.

use std::sync::LazyLock;

use corridor_contract::Command;
use corridor_decision::{Decider, DecisionSettings, Stamp, StepTimes};
use corridor_nlu::{Engine, Language};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

static DECIDER: LazyLock<Option<Decider>> = LazyLock::new(|| {
    let settings = DecisionSettings {
        language: Language::Ru,
        timezone: None,
    };
    Engine::embedded()
        .ok()
        .map(|engine| Decider::new(engine, settings))
});

fn command(text: &str) -> Option<Command> {
    let document = serde_json::json!({
        "command_id": "bench",
        "user_id": "u-1",
        "timestamp": "2026-06-15T12:00:00+03:00",
        "text": text,
        "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
        "context": {
            "household": {
                "members": [{"user_id": "u-1", "display_name": "Аня"}, {"user_id": "u-2", "display_name": "Саша"}],
                "zones": [{"zone_id": "z-1", "name": "Кухня"}],
                "shopping_lists": [{"list_id": "l-1", "name": "Продукты"}]
            }
        }
    });
    Command::from_slice(document.to_string().as_bytes()).ok()
}

fn decide(bencher: divan::Bencher, text: &str) {
    let (Some(decider), Some(command)) = (DECIDER.as_ref(), command(text)) else {
        return;
    };
    bencher.bench_local(|| {
        let stamp = Stamp {
            created_at: jiff::Timestamp::UNIX_EPOCH,
            decision_id: String::new(),
            trace_id: String::new(),
        };
        decider.decide(&command, stamp, &mut StepTimes::default())
    });
}

#[divan::bench]
fn twelve_words_russian(bencher: divan::Bencher) {
    decide(
        bencher,
        "Купи два литра молока, десяток яиц, пачку масла, хлеб и килограмм яблок",
    );
}

#[divan::bench]
fn twelve_words_task(bencher: divan::Bencher) {
    decide(
        bencher,
        "Напомни Саше завтра в шесть вечера забрать посылку и вынести мусор на кухне",
    );
}

#[divan::bench]
fn twelve_words_english(bencher: divan::Bencher) {
    decide(
        bencher,
        "Please add two liters of milk, bread and a dozen eggs to my list",
    );
}

#[divan::bench]
fn two_typos_russian(bencher: divan::Bencher) {
    decide(
        bencher,
        "Купи два литра малока, десяток яиц, пачку масла, хлеб и килограмм ябклок",
    );
}

#[divan::bench]
fn two_typos_english(bencher: divan::Bencher) {
    decide(
        bencher,
        "Please add two liters of mlik, bread and a dozen egggs to my list",
    );
}

#[divan::bench]
fn two_unknown_words(bencher: divan::Bencher) {
    decide(
        bencher,
        "Купи два литра брумзика, десяток яиц, пачку масла, хлеб и шмурдяк с яблоками",
    );
}

#[divan::bench(args = [10, 100, 1000])]
fn items(bencher: divan::Bencher, count: usize) {
    const GOODS: [&str; 8] = [
        "молоко",
        "две пачки масла",
        "хлеб",
        "килограмм картошки",
        "красная рыба",
        "сыр",
        "десяток яиц",
        "кефир",
    ];
    let list: Vec<&str> = GOODS.into_iter().cycle().take(count).collect();
    decide(bencher, &format!("Купи {}", list.join(", ")));
}

#[divan::bench(sample_count = 10)]
fn load_pack_and_dictionary() -> bool {
    Engine::embedded().is_ok()
}
