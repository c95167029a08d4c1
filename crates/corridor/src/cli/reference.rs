//! The reference page of the command line, written from clap's own help.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};

use super::args::Cli;

/// `docs/reference/cli.md`. A test keeps the committed page equal to this.
#[must_use]
pub fn reference_page() -> String {
    let mut page = String::from(
        "# Command line\n\n\
         <!-- Generated from crates/corridor/src/cli/args.rs; CONTRIBUTING.md says how to refresh it. -->\n",
    );
    let mut root = Cli::command();
    // Building fills in what clap adds by itself, such as the names in usage lines.
    root.build();
    write_command(&mut page, &mut root, "corridor");
    page
}

fn write_command(page: &mut String, command: &mut Command, name: &str) {
    let help = command.render_long_help().to_string();
    let _ = write!(page, "\n## `{name}`\n\n```text\n");
    for line in help.lines() {
        let _ = writeln!(page, "{}", line.trim_end());
    }
    page.push_str("```\n");
    for child in command
        .get_subcommands_mut()
        .filter(|child| child.get_name() != "help")
    {
        let name = format!("{name} {}", child.get_name());
        write_command(page, child, &name);
    }
}
