//! `corridor rollout verdict`: what it tells of models of known quality, and as a process over log files.

mod evidence;
mod operating_characteristic;
mod process;
mod records;
