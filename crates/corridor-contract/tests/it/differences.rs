//! The page of differences names what holds each of them; this holds the page to it.

use std::fs;
use std::path::Path;

#[test]
fn what_holds_a_difference_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page =
        fs::read_to_string(root.join("../../docs/reference/contract-differences.md")).unwrap();
    let fixtures = fixture_names(root);
    let last_cells = page.lines().filter_map(|line| {
        line.strip_suffix(" |")?
            .rsplit_once("| ")
            .map(|(_, last)| last)
    });
    let mut names = 0;
    for cell in last_cells {
        for name in cell.split('`').skip(1).step_by(2) {
            let is_there = match (name.strip_suffix('*'), name.contains('/')) {
                (Some(start), _) => fixtures.iter().any(|fixture| fixture.starts_with(start)),
                (None, true) => root.join(name).is_file(),
                (None, false) => fixtures.iter().any(|fixture| fixture == name),
            };
            assert!(is_there, "{name} is no fixture and no test");
            names += 1;
        }
    }
    assert!(names > 20, "the page names {names}");
}

fn fixture_names(root: &Path) -> Vec<String> {
    let folders = [
        "commands/valid",
        "commands/invalid",
        "decisions/valid",
        "decisions/invalid",
    ];
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join("fixtures").join(folder)).unwrap());
    files
        .map(|file| {
            file.unwrap()
                .file_name()
                .to_string_lossy()
                .trim_end_matches(".json")
                .to_owned()
        })
        .collect()
}
