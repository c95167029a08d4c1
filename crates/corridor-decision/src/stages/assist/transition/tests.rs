use corridor_contract::Capability;
use corridor_nlu::{NotOurs, RejectCode};

use super::*;

/// Every kind of outcome, each with every detail that could matter.
fn outcomes() -> Vec<Reason> {
    let mut all = vec![
        Reason::Clear,
        Reason::Compound,
        Reason::CompoundUnconfirmable,
        Reason::NoText,
        Reason::NotUnderstood,
        Reason::Unsure,
    ];
    all.extend(NotOurs::ALL.map(|(reason, _)| Reason::NotOurs(reason)));
    all.extend(MissingField::ALL.iter().copied().map(Reason::Incomplete));
    all.extend(Capability::ALL.iter().copied().map(Reason::NotCapable));
    all.extend([
        Reason::Rejected(RejectCode::Payment),
        Reason::RejectedUnshown(RejectCode::Payment),
    ]);
    all
}

/// The table of `docs/decisions/assist-transitions.md`: which outcomes are open to change, and to what.
#[test]
fn every_pair_of_outcomes() {
    for present in outcomes() {
        for next in outcomes() {
            let lacks_understanding = matches!(
                present,
                Reason::NotUnderstood
                    | Reason::Unsure
                    | Reason::Incomplete(MissingField::ItemName | MissingField::TaskTitle)
            );
            let stays_done = matches!(present, Reason::Clear | Reason::Compound) && present == next;
            assert_eq!(
                kinds_allow(present, next),
                lacks_understanding || stays_done,
                "{present:?} to {next:?}"
            );
        }
    }
}

/// Its sentences, each by itself, so that the table cannot be wrong in the same way as the code.
#[test]
fn what_must_never_happen() {
    for present in outcomes() {
        let not_ours = matches!(present, Reason::NotOurs(_));
        let refused = matches!(present, Reason::Rejected(_) | Reason::RejectedUnshown(_));
        let unable = matches!(
            present,
            Reason::NotCapable(_) | Reason::CompoundUnconfirmable
        );
        if not_ours || refused || unable || present == Reason::NoText {
            for next in outcomes() {
                assert!(!kinds_allow(present, next), "{present:?} to {next:?}");
            }
        }
    }
    assert!(!kinds_allow(Reason::Clear, Reason::Compound));
    assert!(!kinds_allow(Reason::Compound, Reason::Clear));
}
