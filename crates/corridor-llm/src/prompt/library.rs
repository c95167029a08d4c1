//! All prompts and schemas, checked when they are loaded: every task in every language, every template renders.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use minijinja::{Environment, UndefinedBehavior, context};

use super::compile::{add_prompt, template_name};
use super::data::fence;
use super::file::Purpose;
use super::schema::{SchemaProblems, TaskSchema};
use super::{PromptRef, Rendered};
use crate::call::{Message, Role, StructuredOutput};
use crate::file_problem::{FileProblem, FileProblems, SourceFile};
use crate::private::{ModelText, PersonText, PromptText};
use crate::task::{Correlation, Language, TaskId, TaskInput};

/// Every prompt and schema, ready to render.
#[derive(Debug, Clone)]
pub struct PromptLibrary {
    environment: Arc<Environment<'static>>,
    prompts: BTreeMap<(Purpose, Language), Prompt>,
}

/// A prompt whose templates are compiled; a repair has no schema of its own.
#[derive(Debug, Clone)]
pub(super) struct Prompt {
    pub(super) reference: PromptRef,
    pub(super) schema: Option<Arc<TaskSchema>>,
}

/// A template that failed although it was tried at load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RenderFailed;

/// The longest own answer a model is shown for repair, characters: a small model's window is small.
const SHOWN_ANSWER_CHARS: usize = 4_000;

const PROMPT_ENDING: &str = ".prompt";
const SCHEMA_ENDING: &str = ".schema.json";

macro_rules! embedded_files {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../../packs/household/prompts/", $name)))),+]
    };
}

impl PromptLibrary {
    /// The household pack's prompts, compiled in.
    ///
    /// # Errors
    /// Never, as long as the crate's tests pass; the signature is that of any library.
    pub fn embedded() -> Result<Self, FileProblems> {
        Self::from_files(&embedded_files![
            "assist_clarify.en.prompt",
            "assist_clarify.ru.prompt",
            "assist_clarify.schema.json",
            "assist_entity_extraction.en.prompt",
            "assist_entity_extraction.ru.prompt",
            "assist_entity_extraction.schema.json",
            "assist_normalization.en.prompt",
            "assist_normalization.ru.prompt",
            "assist_normalization.schema.json",
            "partial_trust_shopping.en.prompt",
            "partial_trust_shopping.ru.prompt",
            "partial_trust_shopping.schema.json",
            "repair.en.prompt",
            "repair.ru.prompt",
            "shopping_extraction.en.prompt",
            "shopping_extraction.ru.prompt",
            "shopping_extraction.schema.json",
        ])
    }

    /// The prompts of a folder: every `*.prompt` and `*.schema.json` in it.
    ///
    /// # Errors
    /// Everything wrong in the folder: files that cannot be read or parsed, templates that do not render, prompts that
    /// are missing for a task or language.
    pub fn load(folder: &Path) -> Result<Self, FileProblems> {
        let unreadable = |path: &Path, error: std::io::Error| FileProblem {
            file: path.display().to_string(),
            line: 0,
            field: String::new(),
            message: format!("cannot be read: {error}"),
            hint: "a pack keeps its prompts in the folder prompts/".to_owned(),
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            let name = path.to_string_lossy().into_owned();
            if name.ends_with(PROMPT_ENDING) || name.ends_with(SCHEMA_ENDING) {
                let text =
                    std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                files.push((name, text));
            }
        }
        files.sort();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        Self::from_files(&files)
    }

    /// The prompts of a list of files, each a name and a text.
    ///
    /// # Errors
    /// As [`PromptLibrary::load`].
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, FileProblems> {
        let mut problems = Vec::new();
        let mut schemas = BTreeMap::new();
        for (name, text) in files
            .iter()
            .filter(|(name, _)| name.ends_with(SCHEMA_ENDING))
        {
            let file = SourceFile { name, text };
            let short = file_name(name);
            match TaskSchema::parse(short.trim_end_matches(SCHEMA_ENDING), file) {
                Ok(schema) => drop(schemas.insert(short, Arc::new(schema))),
                Err(problem) => problems.push(problem),
            }
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        let mut prompts = BTreeMap::new();
        for (name, text) in files
            .iter()
            .filter(|(name, _)| name.ends_with(PROMPT_ENDING))
        {
            let file = SourceFile { name, text };
            match add_prompt(&mut environment, &schemas, file) {
                Ok((key, prompt)) => {
                    if prompts.insert(key, prompt).is_some() {
                        problems.push(file.problem(
                            0..0,
                            "id",
                            "stands in another file too",
                            "remove one of them",
                        ));
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
        FileProblems::check(problems)?;
        let library = Self {
            environment: Arc::new(environment),
            prompts,
        };
        FileProblems::check(library.gaps(files.first().map_or("prompts/", |(name, _)| name)))?;
        Ok(library)
    }

    /// The conversation that asks for a task.
    pub(crate) fn render(
        &self,
        task: TaskId,
        input: &TaskInput,
        output: StructuredOutput,
    ) -> Result<Rendered, RenderFailed> {
        let prompt = self
            .prompts
            .get(&(Purpose::Task(task), input.language))
            .ok_or(RenderFailed)?;
        let schema = prompt.schema.clone().ok_or(RenderFailed)?;
        // With strict structured output the provider holds the model to the schema; otherwise the prompt has to say it.
        let shown = (output != StructuredOutput::JsonSchema).then(|| schema.text());
        let system = self.fill(
            &prompt.reference.id,
            Role::System,
            context! { schema => shown },
        )?;
        let user = self.fill(
            &prompt.reference.id,
            Role::User,
            context! { data => fence(input) },
        )?;
        Ok(Rendered {
            prompt: prompt.reference.clone(),
            messages: vec![system, user],
            schema,
        })
    }

    /// The messages that follow an answer which needs mending: the answer itself and what is asked now.
    pub(crate) fn render_repair(
        &self,
        language: Language,
        schema: &TaskSchema,
        answer: &ModelText,
        problems: Option<&SchemaProblems>,
    ) -> Result<Vec<Message>, RenderFailed> {
        let prompt = self
            .prompts
            .get(&(Purpose::Repair, language))
            .ok_or(RenderFailed)?;
        let problems = problems.map(|problems| problems.0.expose());
        let user = self.fill(
            &prompt.reference.id,
            Role::User,
            context! { schema => schema.text(), problems => problems },
        )?;
        let shown: String = answer.expose().chars().take(SHOWN_ANSWER_CHARS).collect();
        Ok(vec![
            Message {
                role: Role::Assistant,
                content: PromptText::new(shown),
            },
            user,
        ])
    }

    fn fill(
        &self,
        id: &str,
        role: Role,
        context: minijinja::Value,
    ) -> Result<Message, RenderFailed> {
        let template = self
            .environment
            .get_template(&template_name(id, role))
            .map_err(|_| RenderFailed)?;
        // The error may quote what a person said, so it goes no further.
        let text = template.render(context).map_err(|_| RenderFailed)?;
        Ok(Message {
            role,
            content: PromptText::new(text),
        })
    }

    /// Prompts that are missing, and those that do not render with everything there is.
    fn gaps(&self, place: &str) -> Vec<FileProblem> {
        let gap = |message: String, hint: &str| FileProblem {
            file: place.to_owned(),
            line: 1,
            field: String::new(),
            message,
            hint: hint.to_owned(),
        };
        let mut problems = Vec::new();
        for language in Language::ALL {
            let probe = TaskInput::new(Correlation::default(), language, PersonText::new("probe"));
            for task in TaskId::ALL {
                let name = format!("{}.{}{PROMPT_ENDING}", task.as_str(), language.as_str());
                if !self.prompts.contains_key(&(Purpose::Task(task), language)) {
                    problems.push(gap(
                        format!("{name} is missing"),
                        "every task needs a prompt in every language",
                    ));
                } else if let Err(RenderFailed) =
                    self.render(task, &probe, StructuredOutput::PromptOnly)
                {
                    problems.push(gap(
                        format!("{name} does not render"),
                        "see the guide for what a template may use",
                    ));
                } else if let Err(RenderFailed) =
                    self.render(task, &probe, StructuredOutput::JsonSchema)
                {
                    problems.push(gap(
                        format!("{name} does not render without the schema"),
                        "guard it with {% if schema %}",
                    ));
                }
            }
            if !self.prompts.contains_key(&(Purpose::Repair, language)) {
                let name = format!("repair.{}{PROMPT_ENDING}", language.as_str());
                problems.push(gap(
                    format!("{name} is missing"),
                    "every language needs a repair prompt",
                ));
            }
        }
        problems
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
