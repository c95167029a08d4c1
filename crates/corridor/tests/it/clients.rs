//! The quick starts in `docs/guides/clients.md`, run as they stand against a service that asks for tokens.
//!
//! A tool that is missing is told and skipped; `scripts/client-tools` gets them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use corridor::http::access::{NewToken, TokenName, line};

use crate::{folder::Folder, less::less, service::Service};

/// The block of code in a language, and what the page says it prints.
fn quick_start(language: &str) -> (String, String) {
    let page = fs::read_to_string(root().join("docs/guides/clients.md")).unwrap();
    let (_, behind) = page
        .split_once(&format!("```{language}\n"))
        .unwrap_or_else(|| panic!("no {language} in the page"));
    let (code, behind) = behind.split_once("```\n").unwrap();
    let (_, behind) = behind.split_once("```text\n").unwrap();
    let (printed, _) = behind.split_once("```\n").unwrap();
    (code.to_owned(), printed.to_owned())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// A tool that `scripts/client-tools` got.
fn tool(path: &str) -> PathBuf {
    root().join("target/client-tools").join(path)
}

fn works(program: impl AsRef<Path>, arguments: &[&str]) -> bool {
    let mut command = Command::new(program.as_ref());
    command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn skipped(what: &str, missing: &str) {
    less(&format!(
        "SKIPPED: the {what} quick start was not run, as {missing} is missing; scripts/client-tools gets it"
    ));
}

/// Runs a client in a folder of its own and compares what it prints.
fn assert_prints(mut client: Command, folder: &Folder, expected: &str) {
    let token = NewToken::make().unwrap();
    let tokens = folder.path("tokens");
    fs::write(
        &tokens,
        line(&TokenName::new("client").unwrap(), &token.digest()),
    )
    .unwrap();
    let service = Service::start(&[("server.token_file", tokens.to_str().unwrap())]);
    let output = client
        .current_dir(folder.path(""))
        .env("CORRIDOR_URL", format!("http://{}", service.address()))
        .env("CORRIDOR_TOKEN", token.reveal())
        .env("NO_PROXY", "*")
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (printed, told) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{printed}{told}");
    assert_eq!(printed, expected, "{told}");
}

#[test]
fn curl() {
    if !works("curl", &["--version"]) {
        return skipped("curl", "curl");
    }
    let (code, expected) = quick_start("sh");
    let folder = Folder::new("client-curl");
    let mut client = Command::new("bash");
    client.args(["-euo", "pipefail", "-c", &code]);
    assert_prints(client, &folder, &expected);
}

#[test]
fn python() {
    let Some(python) = [tool("python/bin/python"), PathBuf::from("python3")]
        .into_iter()
        .find(|python| works(python, &["-c", "import httpx"]))
    else {
        return skipped("Python", "httpx");
    };
    let (code, expected) = quick_start("python");
    let folder = Folder::new("client-python");
    fs::write(folder.path("client.py"), code).unwrap();
    let mut client = Command::new(python);
    client.arg("client.py");
    assert_prints(client, &folder, &expected);
}

/// Compiled strictly, then run.
#[test]
fn typescript() {
    let compiler = tool("node_modules/.bin/tsc");
    if !works("node", &["--version"]) {
        return skipped("TypeScript", "Node.js");
    }
    if !works(&compiler, &["--version"]) {
        return skipped("TypeScript", "its compiler");
    }
    let (code, expected) = quick_start("ts");
    let folder = Folder::new("client-typescript");
    fs::write(folder.path("client.ts"), code).unwrap();
    fs::write(folder.path("package.json"), r#"{ "type": "module" }"#).unwrap();
    let types = tool("node_modules/@types");
    let compiled = Command::new(compiler)
        .args([
            "--strict",
            "--target",
            "es2022",
            "--module",
            "nodenext",
            "--lib",
            "es2023,dom,dom.asynciterable",
        ])
        .args([
            "--types",
            "node",
            "--typeRoots",
            types.to_str().unwrap(),
            "client.ts",
        ])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert!(
        compiled.status.success(),
        "{}",
        String::from_utf8_lossy(&compiled.stdout)
    );
    let mut client = Command::new("node");
    client.arg("client.js");
    assert_prints(client, &folder, &expected);
}
