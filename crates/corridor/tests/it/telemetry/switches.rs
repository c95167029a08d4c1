//! What is recorded never changes what is decided.

use std::sync::{Arc, LazyLock};

use corridor::{
    config::Sources,
    engine::{Engine, measured_steps},
    telemetry::{
        Telemetry,
        records::{LogFile, PerFile, RecordPlan, RecordWriter},
    },
};
use corridor_contract::Command;
use corridor_decision::{Pipeline, Stamp, records::NoRecords};
use jiff::Timestamp;
use proptest::prelude::*;

use super::{emitted::command, record_folder::RecordFolder};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let settings = Sources::default().load().unwrap();
    Engine::load(&settings.decision).unwrap()
});

/// Where a file of records is, or that it is not written.
#[derive(Clone, Copy, Debug)]
enum Place {
    Off,
    Folder,
    FullDisk,
}

fn places() -> impl Strategy<Value = Vec<Place>> {
    let place = prop_oneof![Just(Place::Off), Just(Place::Folder), Just(Place::FullDisk)];
    prop::collection::vec(place, LogFile::ALL.len())
}

fn decide(pipeline: &Pipeline, telemetry: Option<&Telemetry>, command: &Command) -> Vec<u8> {
    let stamp = Stamp {
        created_at: Timestamp::UNIX_EPOCH,
        decision_id: "decision".to_owned(),
        trace_id: "trace".to_owned(),
    };
    let mut steps = measured_steps();
    let trace = telemetry.and_then(|telemetry| telemetry.begin(command, &stamp, None));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let decided = runtime.block_on(pipeline.decide(command, stamp, &mut steps));
    if let Some(telemetry) = telemetry {
        telemetry.end(trace, &decided, &steps);
    }
    decided.decision.to_json_vec().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn records_never_change_a_decision(
        places in places(),
        queue_length in 1..4_usize,
        text in prop_oneof![
            "\\PC{0,40}",
            "(купи|напомни|оплати|add|remind me to) [а-яa-z]{3,8}( и [а-яa-z]{3,8})?",
        ],
    ) {
        let folder = RecordFolder::new();
        let settings = Sources::default().load().unwrap();
        let plan = RecordPlan {
            paths: PerFile::from_fn(|file| {
                let index = LogFile::ALL.iter().position(|one| *one == file)?;
                match places.get(index)? {
                    Place::Off => None,
                    Place::Folder => Some(folder.path().join(format!("{file}.jsonl"))),
                    Place::FullDisk => Some("/dev/full".into()),
                }
            }),
            retired: Vec::new(),
            queue_length,
            ..RecordPlan::new(&settings.records).unwrap()
        };
        let records = RecordWriter::start(plan, Timestamp::now).unwrap();
        let telemetry = Arc::new(Telemetry::new(records, None));
        let command = Command::from_slice(command("c1", &text).as_bytes()).unwrap();
        let recorded = ENGINE.pipeline(Arc::clone(&telemetry) as _);
        let unrecorded = ENGINE.pipeline(Arc::new(NoRecords));
        prop_assert_eq!(
            decide(&recorded, Some(&telemetry), &command),
            decide(&unrecorded, None, &command)
        );
    }
}
