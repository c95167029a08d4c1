//! What the service tells its operator.

mod folder;
mod record_files;
