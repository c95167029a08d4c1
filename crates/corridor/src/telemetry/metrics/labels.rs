//! Sets of labels. Their values are words of the program's own or names an operator configured: the types admit no other text.

use std::sync::Arc;

use prometheus_client::encoding::EncodeLabelSet;

/// Declares sets of labels whose values are words of the program's own.
macro_rules! label_sets {
    ($($name:ident { $($label:ident,)+ })+) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
        pub(super) struct $name {
            $(pub(super) $label: &'static str,)+
        }
    )+};
}

label_sets! {
    DecisionLabels { action, intent, language, source, }
    ModelsLabels { models, }
    StepLabels { step, }
    OutcomeLabels { outcome, reason, }
    ComponentLabels { component, }
    SettledLabels { component, status, }
    StatusLabels { status, reason, }
    ComparisonLabels { respect, result, }
    AssistLabels { step, status, reason, }
    SwitchLabels { switch, }
    StateLabels { state, }
    RecordLabels { file, result, }
    FileLabels { file, }
    ResultLabels { result, }
}

/// A route: what is asked of whom. Profiles are the operator's names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RouteLabels {
    pub(super) task: &'static str,
    pub(super) profile: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct CallLabels {
    pub(super) task: &'static str,
    pub(super) profile: Arc<str>,
    pub(super) provider: &'static str,
    pub(super) outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct TokenLabels {
    pub(super) task: &'static str,
    pub(super) profile: Arc<str>,
    pub(super) direction: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct BreakerLabels {
    pub(super) task: &'static str,
    pub(super) profile: Arc<str>,
    pub(super) state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct BuildLabels {
    pub(super) version: &'static str,
    pub(super) api_version: &'static str,
    pub(super) schema_version: &'static str,
    pub(super) pack_version: String,
}
