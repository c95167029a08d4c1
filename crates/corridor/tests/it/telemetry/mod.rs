//! What the service tells its operator.

mod collector;
mod emitted;
mod metrics;
mod private;
mod record_files;
mod record_folder;
mod switches;
mod traces;
