//! `scripts/scan-secrets`, on repositories made for it. Keys are put together here so that this file holds none.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use super::root;

/// A git repository in a folder of its own that goes with the test.
struct Repository(PathBuf);

impl Repository {
    fn with(name: &str, text: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("corridor-secrets-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("notes.txt"), format!("first line\n{text}\n")).unwrap();
        for arguments in [&["init", "--quiet"][..], &["add", "notes.txt"]] {
            assert!(
                Command::new("git")
                    .args(arguments)
                    .current_dir(&folder)
                    .status()
                    .unwrap()
                    .success()
            );
        }
        Self(folder)
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn scan(folder: &Path) -> Output {
    Command::new(root().join("scripts/scan-secrets"))
        .arg(folder)
        .output()
        .unwrap()
}

#[test]
fn a_key_is_found_and_not_repeated() {
    let random = "Zq7Rt2Xw9Lm4Kp8Vb3Nc6Jd1Hf5Gs0Ya2Ue7Ti9O";
    for (index, key) in [
        ["-----BEGIN RSA", " PRIVATE KEY-----"].concat(),
        ["AK", "IAIOSFODNN7EXBMPLE"].concat(),
        ["s", "k-proj-", random].concat(),
        ["AQ", "VN", random].concat(),
        ["t", "1.9eud", ".", random, random].concat(),
        ["gh", "p_", random].concat(),
        ["Authorization: Bear", "er ", random].concat(),
        ["LLM_API", "_KEY=", random].concat(),
        ["api_key", " = \"", random, "\""].concat(),
        ["postgres://corridor", ":hunter22@", "db/corridor"].concat(),
    ]
    .iter()
    .enumerate()
    {
        let repository = Repository::with(&format!("key-{index}"), key);
        let output = scan(&repository.0);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{key}");
        assert!(told.contains("notes.txt:2: looks like a"), "{key}: {told}");
        assert!(!told.contains(key.as_str()), "{told}");
    }
}

#[test]
fn text_about_keys_is_none() {
    let text = "Set LLM_API_KEY to your key.\nLLM_API_KEY=\nAuthorization: Bearer <key>\nlet token = self.token(position);\n\
                api_key = \"canary-key-of-a-test-000000000\"";
    let repository = Repository::with("none", text);
    let output = scan(&repository.0);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_folder_that_is_no_repository_is_not_passed() {
    let folder = std::env::temp_dir().join(format!("corridor-secrets-{}-bare", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let output = scan(&folder);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(output.status.code(), Some(2));
}
