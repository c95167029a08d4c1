//! `corridor decide`: decides a text, a command in a file, or a stream of commands.

mod explain;
pub(super) mod household;
mod render;
mod source;
mod stream;

use corridor_decision::Step;
use jiff::Timestamp;

use super::{
    args::DecideArgs,
    failure::Failure,
    output::{Output, Reader},
};
use crate::{
    config::Sources,
    engine::{Engine, measured_steps},
    http::Explained,
};
use source::Source;

/// Decides what the arguments name and prints the decisions.
pub(super) fn decide(
    arguments: &DecideArgs,
    sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    let clock = || {
        arguments
            .now
            .map_or_else(Timestamp::now, corridor_contract::Timestamp::instant)
    };
    if arguments.stdin {
        return stream::decide_lines(&engine, clock, std::io::stdin().lock(), output);
    }
    let source = match &arguments.command {
        Some(path) => source::file(path)?,
        None => {
            let text = arguments.text.join(" ");
            let said_at = source::said_at(arguments.now, &settings.decision);
            let file = arguments.household.as_deref();
            let household = household::for_text(&text, file, &settings.decision)?;
            let name =
                file.map_or_else(|| "the text".to_owned(), |file| file.display().to_string());
            source::text(&text, said_at, &household, name)
        }
    };
    if arguments.explain {
        explain_one(&engine, &source, clock(), arguments.json, output)
    } else {
        let command = source.command()?;
        let decision = engine.decide(&command, None, clock()).decision;
        if output.reader() == Reader::Person && !arguments.json {
            output.text(&render::decision(&decision, &command, output.paint()))?;
        } else {
            output.json(&decision)?;
        }
        Ok(())
    }
}

fn explain_one(
    engine: &Engine,
    source: &Source,
    now: Timestamp,
    as_json: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut steps = measured_steps();
    let command = steps.measure(Step::ValidateCommand, || source.command())?;
    let (decided, explanation) = engine.explain(&command, now, &mut steps);
    let decision = &decided.decision;
    if as_json {
        output.json(&Explained::new(decision, &explanation))?;
    } else {
        // An explanation is for reading, also where it goes to a pager.
        output.text(&render::decision(decision, &command, output.paint()))?;
        let page = explain::readable(&explanation, output.paint(), output.width());
        output.text(&page)?;
    }
    Ok(())
}
