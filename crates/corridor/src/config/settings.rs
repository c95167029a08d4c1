//! Every setting, declared once.
//!
//! To add one, add an entry: its doc comment, type, default, environment name and flag (none for a secret). The parser, the
//! reference page, `.env.example`, `config/corridor.toml` and the command line's help follow; `CONTRIBUTING.md` says how to
//! refresh the files.

use super::{
    declaration::{Declaration, Reach, Section},
    layers::Layers,
    table::settings,
    values::{
        BaseUrl, BodyLimit, CallPlaces, FilePath, Folder, Language, LogFormat, LogLevel,
        LoopbackAddress, Milliseconds, PackDirectory, Profile, QueueLength, SampleRate, Secret,
        StageSwitch, Switch, TrustedIntents, Zone,
    },
};

settings! {
    /// The HTTP service.
    [server] ServerSettings, Service {
        /// Address and port to listen on. Port 0 takes a free one, which the start-up log names.
        ///
        /// Only loopback addresses are served: the service has no authentication.
        listen: LoopbackAddress = "127.0.0.1:8080", "CORRIDOR_LISTEN", "listen";

        /// Largest request body, in bytes. A larger one is answered with 413.
        body_limit_bytes: BodyLimit = "65536", "CORRIDOR_BODY_LIMIT_BYTES", "body-limit-bytes";

        /// How long a client may take to send the head of a request, and again its body, in milliseconds.
        ///
        /// A connection that stays silent longer is closed; a body that stops on the way is answered with 408.
        read_timeout_ms: Milliseconds = "30000", "CORRIDOR_READ_TIMEOUT_MS", "read-timeout-ms";

        /// How long requests under way may still take once the service was told to stop, in milliseconds.
        ///
        /// What has not ended by then is cut off.
        shutdown_drain_ms: Milliseconds = "10000", "CORRIDOR_SHUTDOWN_DRAIN_MS", "shutdown-drain-ms";
    }

    /// What Corridor knows and how it reads time and language.
    [decision] DecisionSettings, Everywhere {
        /// Folder of the pack to decide with, relative to the working directory.
        ///
        /// Unset means the household pack that is built in.
        pack_dir: Option<PackDirectory> = "", "CORRIDOR_PACK_DIR", "pack";

        /// Time zone in which days and times are understood, as an IANA name such as `Europe/Moscow`.
        ///
        /// Unset means the offset of each command's own timestamp. A zone knows clock changes, which an offset does not.
        timezone: Option<Zone> = "", "CORRIDOR_TIMEZONE", "timezone";

        /// Language of questions and explanations where neither the text nor the household's names show one.
        language: Language = "ru", "CORRIDOR_LANGUAGE", "language";
    }

    /// The model client. Nothing is read, built or called until it is switched on, and everything about models is off by default.
    ///
    /// Switches follow a rule of their own: one is on where the file, the environment or a flag says on and none of them says off.
    /// An explicit off wins wherever it stands, also in the admin API; what is unset says nothing.
    [llm] LlmSettings, Model {
        /// The master switch: whether models may be called at all.
        policy_enabled: StageSwitch = "", "LLM_POLICY_ENABLED", "llm-policy-enabled";

        /// The policy registry, a TOML file: which model does which task, within which limits.
        ///
        /// Unset means the registry that is built in, the same as `config/llm-policy.toml`.
        policy_path: Option<FilePath> = "", "LLM_POLICY_PATH", "llm-policy-path";

        /// The profile used where a task names none. Unset means the registry's own choice.
        policy_profile: Option<Profile> = "", "LLM_POLICY_PROFILE", "llm-policy-profile";

        /// Whether routes whose variables have no value are left out, instead of keeping all models off.
        policy_allow_placeholders: Switch = "false", "LLM_POLICY_ALLOW_PLACEHOLDERS", "llm-policy-allow-placeholders";

        /// The address that `/chat/completions` is added to, for profiles that write none.
        base_url: Option<BaseUrl> = "", "LLM_BASE_URL", "llm-base-url";

        /// The provider's key, for profiles that name no file. Servers on loopback need none.
        api_key: Option<Secret> = "", "LLM_API_KEY";

        /// A file that holds the provider's key and nothing else, read where `LLM_API_KEY` is not set.
        api_key_file: Option<FilePath> = "", "LLM_API_KEY_FILE", "llm-api-key-file";
    }

    /// Shadow: a model reads commands beside the rules, and the differences are recorded. No answer changes or waits.
    [shadow] ShadowSettings, Model {
        /// Whether a model reads along.
        enabled: StageSwitch = "", "SHADOW_ROUTER_ENABLED", "shadow-enabled";

        /// How long one shadow call may take, retry and repair included, in milliseconds.
        timeout_ms: Milliseconds = "3000", "SHADOW_ROUTER_TIMEOUT_MS", "shadow-timeout-ms";

        /// The most shadow calls under way at once.
        max_concurrency: CallPlaces = "32", "SHADOW_ROUTER_MAX_CONCURRENCY", "shadow-max-concurrency";

        /// The most shadow calls that wait for their turn. One more is dropped and counted.
        queue_length: QueueLength = "64", "SHADOW_ROUTER_QUEUE_LENGTH", "shadow-queue-length";
    }

    /// Assist: where the rules did not understand, a model gives hints, and rules decide what to take of them.
    ///
    /// A step needs its own switch and that of the whole stage.
    [assist] AssistSettings, Model {
        /// Whether a model may be asked for hints.
        enabled: StageSwitch = "", "ASSIST_MODE_ENABLED", "assist-enabled";

        /// The hint of a text with slips of the pen or the voice repaired.
        normalization: StageSwitch = "", "ASSIST_NORMALIZATION_ENABLED", "assist-normalization";

        /// The hint of items and titles found in the text.
        entity_extraction: StageSwitch = "", "ASSIST_ENTITY_EXTRACTION_ENABLED", "assist-entity-extraction";

        /// The hint of a question about what is missing.
        clarify: StageSwitch = "", "ASSIST_CLARIFY_ENABLED", "assist-clarify";

        /// How long a command may wait for all hints together, in milliseconds.
        timeout_ms: Milliseconds = "1200", "ASSIST_TIMEOUT_MS", "assist-timeout-ms";
    }

    /// Partial trust: for a share of commands, a model's candidate may replace what the rules would execute, if the rules accept it.
    [partial_trust] PartialTrustSettings, Model {
        /// Whether a model's candidates may be executed.
        enabled: StageSwitch = "", "PARTIAL_TRUST_ENABLED", "partial-trust-enabled";

        /// The intents it covers, separated by commas.
        intent: TrustedIntents = "add_shopping_item", "PARTIAL_TRUST_INTENT", "partial-trust-intent";

        /// The share of commands it covers, chosen by the command's id: raising it only adds commands.
        sample_rate: SampleRate = "0.01", "PARTIAL_TRUST_SAMPLE_RATE", "partial-trust-sample-rate";

        /// The profile that makes candidates. Unset means `llm.policy_profile`.
        profile_id: Option<Profile> = "", "PARTIAL_TRUST_PROFILE_ID", "partial-trust-profile-id";

        /// How long a command may wait for its candidate, in milliseconds.
        timeout_ms: Milliseconds = "1200", "PARTIAL_TRUST_TIMEOUT_MS", "partial-trust-timeout-ms";
    }

    /// What the service remembers over a restart.
    [state] StateSettings, Service {
        /// Folder for it, relative to the working directory, made when there is something to keep.
        ///
        /// It holds what the admin API or the guard switched off, and what the models cost today.
        dir: Folder = "state", "CORRIDOR_STATE_DIR", "state-dir";
    }

    /// What the service tells its operator, on standard error. What people say is never logged.
    [log] LogSettings, Service {
        /// Least important messages to write.
        level: LogLevel = "info", "CORRIDOR_LOG_LEVEL", "log-level";

        /// Form of a message: lines for people, or one JSON object a line.
        format: LogFormat = "text", "CORRIDOR_LOG_FORMAT", "log-format";
    }
}
