//! From a registry's text to a checked [`Policy`].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chain::{Chain, Escalation, find_loop};
use super::layer::Layer;
use super::placeholder::Variables;
use super::route_builder::RouteBuilder;
use super::settings::{read_backoff, read_breaker, read_limits};
use super::table::{At, Table, one_of};
use super::{Policy, PolicySource, ProfileId, RouteId};
use crate::file_problem::{FileProblem, FileProblems, SourceFile};
use crate::private::ApiKey;
use crate::task::TaskId;

/// The profile that the standard chain escalates to.
const RELIABLE: &str = "reliable";

/// What a registry is completed with; the binary takes it from its settings.
pub struct PolicyInputs<'a> {
    /// Values for `${VARIABLE}`.
    pub variables: &'a Variables<'a>,
    /// `LLM_BASE_URL`, for profiles that write none.
    pub base_url: Option<String>,
    /// `LLM_API_KEY`, for profiles that name no file.
    pub api_key: Option<ApiKey>,
    /// `LLM_POLICY_PROFILE`, over the file's own choice.
    pub profile: Option<String>,
}

pub(super) fn load(
    source: &PolicySource,
    inputs: &PolicyInputs<'_>,
) -> Result<Policy, FileProblems> {
    let file = SourceFile {
        name: &source.name,
        text: &source.text,
    };
    let parsed = toml::de::DeTable::parse(&source.text).map_err(|error| {
        file.toml_problem(
            &error,
            "config/llm-policy.toml is a commented copy of the built-in one",
        )
    })?;
    let problems = RefCell::default();
    let root = Table::root(file, &parsed, &problems);

    let version = root.integer("version", 1..=1);
    if version.is_none() {
        root.report(
            0..0,
            "version",
            "is missing or not understood",
            "write version = 1",
        );
    }
    let profile_tables = root
        .table("profiles")
        .map(|table| table.named_tables())
        .unwrap_or_default();
    let profiles = profile_names(&root, &profile_tables);
    let profile = default_profile(&root, &profiles, inputs);
    let limits = read_limits(&root);
    let breaker = read_breaker(&root);
    let backoff = read_backoff(&root);

    let mut layers = BTreeMap::new();
    for (name, table) in profile_tables {
        let span = table.span();
        let layer = Layer::read(table, &profiles);
        if let Some(id) = ProfileId::new(&name.value) {
            layers.insert(
                id,
                At {
                    value: layer,
                    span,
                    field: name.field,
                },
            );
        }
    }
    let tasks = read_tasks(&root);
    let overrides = read_overrides(&root, &profiles);
    root.finish();

    let builder = RouteBuilder::new(file, inputs, &problems);
    let mut routes = BTreeMap::new();
    let mut escalations = BTreeMap::new();
    for task in TaskId::ALL {
        for (profile, layer) in &layers {
            let id = RouteId {
                task,
                profile: profile.clone(),
            };
            let mut merged = tasks
                .get(&task)
                .map_or_else(|| layer.value.clone(), |task| task.over(&layer.value));
            if let Some(own) = overrides.get(&id) {
                merged = own.over(&merged);
            }
            let (chain, own) = chain_of(&merged, profile, &profiles);
            escalations.insert(id.clone(), own);
            if let Some(route) = builder.route(id.clone(), &merged, chain, layer) {
                routes.insert(id, Arc::new(route));
            }
        }
    }
    report_loops(file, &profiles, &escalations, &problems);

    let mut unresolved = builder.into_unresolved();
    unresolved.sort_by(|a, b| (a.line, &a.message).cmp(&(b.line, &b.message)));
    unresolved.dedup();
    let mut problems = problems.into_inner();
    problems.sort_by(|a, b| (a.line, &a.field, &a.message).cmp(&(b.line, &b.field, &b.message)));
    problems.dedup();
    FileProblems::check(problems)?;
    let Some(profile) = profile else {
        return Err(file
            .problem(0..0, "profile", "names no profile", "profile = \"cheap\"")
            .into());
    };
    Ok(Policy {
        file: source.name.clone(),
        profile,
        profiles: profiles.into_iter().collect(),
        limits,
        breaker,
        backoff,
        routes,
        unresolved,
    })
}

fn profile_names(root: &Table<'_>, tables: &[(At<String>, Table<'_>)]) -> BTreeSet<ProfileId> {
    if tables.is_empty() {
        root.report(
            0..0,
            "profiles",
            "names no profile",
            "write [profiles.cheap] with provider and model",
        );
    }
    let mut names = BTreeSet::new();
    for (name, table) in tables {
        match ProfileId::new(&name.value) {
            Some(id) => drop(names.insert(id)),
            None => root.report(
                table.span(),
                "profiles",
                format!("`{}` is no name for a profile", name.value),
                "1 to 40 lower-case ASCII letters, digits, _ or -",
            ),
        }
    }
    names
}

fn default_profile(
    root: &Table<'_>,
    profiles: &BTreeSet<ProfileId>,
    inputs: &PolicyInputs<'_>,
) -> Option<ProfileId> {
    let written = root.text("profile");
    let known: Vec<&str> = profiles.iter().map(ProfileId::as_str).collect();
    let find = |name: &str| {
        profiles
            .iter()
            .find(|profile| profile.as_str() == name)
            .cloned()
    };
    let mut chosen = None;
    match &written {
        None => root.report(
            0..0,
            "profile",
            "is missing",
            if known.is_empty() {
                "write profile = \"cheap\" and a table [profiles.cheap]".to_owned()
            } else {
                format!("the profile to use: {}", known.join(", "))
            },
        ),
        Some(name) => {
            chosen = find(&name.value);
            if chosen.is_none() {
                let message = format!("unknown profile `{}`", name.value);
                root.report(
                    name.span.clone(),
                    "profile",
                    message,
                    one_of(&name.value, &known),
                );
            }
        }
    }
    let Some(name) = &inputs.profile else {
        return chosen;
    };
    let over = find(name);
    if over.is_none() {
        let span = written.map_or(0..0, |written| written.span);
        let message = format!("the setting LLM_POLICY_PROFILE names the unknown profile `{name}`");
        root.report(span, "profile", message, one_of(name, &known));
    }
    over
}

fn read_tasks(root: &Table<'_>) -> BTreeMap<TaskId, Layer> {
    let mut tasks = BTreeMap::new();
    for (name, table) in root
        .table("tasks")
        .map(|table| table.named_tables())
        .unwrap_or_default()
    {
        if let Some(task) = task_of(root, "tasks", &name) {
            tasks.insert(task, Layer::read_task(table));
        }
    }
    tasks
}

fn read_overrides(root: &Table<'_>, profiles: &BTreeSet<ProfileId>) -> BTreeMap<RouteId, Layer> {
    let mut overrides = BTreeMap::new();
    let known: Vec<&str> = profiles.iter().map(ProfileId::as_str).collect();
    for (name, by_profile) in root
        .table("routes")
        .map(|table| table.named_tables())
        .unwrap_or_default()
    {
        let Some(task) = task_of(root, "routes", &name) else {
            continue;
        };
        for (name, table) in by_profile.named_tables() {
            match profiles
                .iter()
                .find(|profile| profile.as_str() == name.value)
            {
                Some(profile) => {
                    let id = RouteId {
                        task,
                        profile: profile.clone(),
                    };
                    overrides.insert(id, Layer::read(table, profiles));
                }
                None => {
                    let message = format!("unknown profile `{}`", name.value);
                    by_profile.report(name.span, &name.value, message, one_of(&name.value, &known));
                }
            }
        }
    }
    overrides
}

fn task_of(root: &Table<'_>, key: &str, name: &At<String>) -> Option<TaskId> {
    let task = TaskId::from_name(&name.value);
    if task.is_none() {
        let known: Vec<&str> = TaskId::ALL.into_iter().map(TaskId::as_str).collect();
        let message = format!("unknown task `{}`", name.value);
        root.report(name.span.clone(), key, message, one_of(&name.value, &known));
    }
    task
}

fn chain_of(
    merged: &Layer,
    profile: &ProfileId,
    profiles: &BTreeSet<ProfileId>,
) -> (Chain, Vec<Escalation>) {
    match &merged.chain {
        Some(written) => (written.chain.clone(), written.escalations.clone()),
        None => {
            let reliable = profiles
                .iter()
                .find(|other| other.as_str() == RELIABLE && *other != profile);
            (Chain::standard(reliable.cloned()), Vec::new())
        }
    }
}

fn report_loops(
    file: SourceFile<'_>,
    profiles: &BTreeSet<ProfileId>,
    escalations: &BTreeMap<RouteId, Vec<Escalation>>,
    problems: &RefCell<Vec<FileProblem>>,
) {
    for task in TaskId::ALL {
        if let Some((escalation, path)) = find_loop(task, profiles, escalations) {
            let names: Vec<&str> = path.iter().map(ProfileId::as_str).collect();
            problems.borrow_mut().push(file.problem(
                escalation.span.clone(),
                &escalation.field,
                format!("the chain loops: {}", names.join(" → ")),
                "let the last profile of a chain escalate to nobody",
            ));
        }
    }
}
