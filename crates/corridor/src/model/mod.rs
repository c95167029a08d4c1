//! Models at run time: whether they may be called, which stages are on and who says so, and what is remembered over a restart.
//!
//! The model client itself is `corridor-llm`, and what its answers may do is decided in `corridor-decision`; here both meet the settings,
//! the environment and the disk. Nothing here sees what people say.

mod client;
mod control;
mod guard;
mod kept;
mod log;
mod setup;
mod stages;
pub mod state;
mod status;
pub mod switches;
mod upkeep;
mod watch;

pub use control::{AdminChange, ControlParts, ModelControl, Publish, Rebuild};
pub use guard::GuardWatch;
pub use kept::Kept;
pub use setup::{Setup, SetupError};
pub use stages::stages_by_settings;
pub use status::{ClientStatus, FilesStatus, GuardStatus, KeptStatus, Status, Verdicts};
pub use upkeep::Upkeep;
