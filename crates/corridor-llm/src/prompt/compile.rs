//! Compiles one prompt file's templates and checks which variables they use.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::Environment;

use super::PromptRef;
use super::file::{PromptFile, Purpose};
use super::library::Prompt;
use super::schema::TaskSchema;
use crate::call::Role;
use crate::file_problem::{FileProblem, SourceFile};
use crate::task::Language;

/// Adds a prompt file's templates to the environment; gives its place in the library.
pub(super) fn add_prompt<'a>(
    environment: &mut Environment<'static>,
    schemas: &BTreeMap<&str, Arc<TaskSchema>>,
    file: SourceFile<'a>,
) -> Result<((Purpose, Language), Prompt), FileProblem> {
    let parsed = PromptFile::parse(file)?;
    let schema = match &parsed.schema {
        None => None,
        Some(name) => match schemas.get(name.as_str()) {
            Some(schema) => Some(Arc::clone(schema)),
            None => {
                let message = format!("`{name}` is not in this folder or not valid");
                return Err(file.problem(
                    4..4,
                    "schema",
                    message,
                    "name a *.schema.json beside this file",
                ));
            }
        },
    };
    if let Some(system) = parsed.system {
        add_template(
            environment,
            file,
            &parsed.id,
            Role::System,
            system,
            &["schema"],
        )?;
    }
    let allowed: &[&str] = match parsed.purpose {
        Purpose::Task(_) => &["data"],
        Purpose::Repair => &["schema", "problems"],
    };
    add_template(
        environment,
        file,
        &parsed.id,
        Role::User,
        parsed.user,
        allowed,
    )?;
    if matches!(parsed.purpose, Purpose::Task(_)) && parsed.user.matches("{{ data }}").count() != 1
    {
        return Err(file.problem(
            4..4,
            "",
            "the user message must hold {{ data }} exactly once",
            "that is the fence",
        ));
    }
    let reference = PromptRef {
        id: parsed.id.as_str().into(),
        version: parsed.version.as_str().into(),
    };
    Ok((
        (parsed.purpose, parsed.language),
        Prompt { reference, schema },
    ))
}

fn add_template(
    environment: &mut Environment<'static>,
    file: SourceFile<'_>,
    id: &str,
    role: Role,
    source: &str,
    allowed: &[&str],
) -> Result<(), FileProblem> {
    let start = file.text.find(source).unwrap_or(0);
    let name = template_name(id, role);
    environment
        .add_template_owned(name.clone(), source.to_owned())
        .map_err(|error| {
            let before = source
                .split_inclusive('\n')
                .take(error.line().unwrap_or(1).saturating_sub(1))
                .map(str::len)
                .sum();
            let offset = start.saturating_add(before);
            let message = error
                .detail()
                .map_or_else(|| error.kind().to_string(), str::to_owned);
            file.problem(
                offset..offset,
                "",
                message,
                "see the template language's own guide",
            )
        })?;
    let used: BTreeSet<String> = environment
        .get_template(&name)
        .map(|template| template.undeclared_variables(false).into_iter().collect())
        .unwrap_or_default();
    match used
        .iter()
        .find(|variable| !allowed.contains(&variable.as_str()))
    {
        None => Ok(()),
        Some(variable) => {
            let message = format!("uses the unknown variable `{variable}`");
            Err(file.problem(
                start..start,
                "",
                message,
                format!("may use: {}", allowed.join(", ")),
            ))
        }
    }
}

/// The name of a prompt's template for one message.
pub(super) fn template_name(id: &str, role: Role) -> String {
    match role {
        Role::System => format!("{id}#system"),
        Role::User | Role::Assistant => format!("{id}#user"),
    }
}
