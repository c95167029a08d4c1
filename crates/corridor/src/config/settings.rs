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
        BaseUrl, BodyLimit, CallPlaces, Count, Days, FilePath, Folder, Hours, Language,
        ListenAddress, LogFormat, LogLevel, Megabytes, Milliseconds, MillisecondsOrNone,
        PackDirectory, Profile, QueueLength, RateLimit, RecordQueueLength, SampleCount, SampleRate,
        Secret, ServiceName, Share, StageSwitch, Switch, TextLength, TrustedIntents, Zone,
    },
};

settings! {
    /// The HTTP service.
    [server] ServerSettings, Service {
        /// Address and port to listen on. Port 0 takes a free one, which the start-up log names.
        ///
        /// An address that other machines reach needs `token_file` or `no_auth`.
        listen: ListenAddress = "127.0.0.1:8080", "CORRIDOR_LISTEN", "listen";

        /// File of the tokens that may decide, a name and a digest a line; `corridor token new` makes them.
        ///
        /// Unset means that whoever reaches the address may. The file is read again whenever it changes.
        token_file: Option<FilePath> = "", "CORRIDOR_TOKEN_FILE", "token-file";

        /// Address and port for operators alone: metrics and admin.
        ///
        /// Unset means that they are served beside everything else where that is a loopback address, and nowhere otherwise. Admin is
        /// served on loopback addresses alone. An address that other machines reach needs `operator_token_file` or `no_auth`.
        operator_listen: Option<ListenAddress> = "", "CORRIDOR_OPERATOR_LISTEN", "operator-listen";

        /// File of the tokens that may operate, in the form of `token_file`.
        ///
        /// Unset means that metrics are open to whoever reaches their address, and admin is not served.
        operator_token_file: Option<FilePath> = "", "CORRIDOR_OPERATOR_TOKEN_FILE", "operator-token-file";

        /// Whether the service may be reached by other machines without asking for tokens.
        ///
        /// For a service behind a proxy or in a closed network that keeps strangers out.
        no_auth: Switch = "false", "CORRIDOR_NO_AUTH", "no-auth";

        /// Largest request body, in bytes. A larger one is answered with 413.
        body_limit_bytes: BodyLimit = "65536", "CORRIDOR_BODY_LIMIT_BYTES", "body-limit-bytes";

        /// How long a client may take to send the head of a request, again its body, and to take the answer, in milliseconds.
        ///
        /// A connection whose head or answer stops on the way is closed; a body that stops is answered with 408.
        read_timeout_ms: Milliseconds = "10000", "CORRIDOR_READ_TIMEOUT_MS", "read-timeout-ms";

        /// How long a connection may stay open between requests, in milliseconds.
        ///
        /// Longer than whatever stands before the service keeps its connections, so that it never sends into one that is being closed.
        idle_timeout_ms: Milliseconds = "75000", "CORRIDOR_IDLE_TIMEOUT_MS", "idle-timeout-ms";

        /// Most connections at once. Any more are answered with 503.
        max_connections: Count = "10240", "CORRIDOR_MAX_CONNECTIONS", "max-connections";

        /// Most HTTP/2 connections among them. Any more are answered with 503.
        ///
        /// One may take as much memory as ten others, as each may leave up to 100 answers untaken.
        max_http2_connections: Count = "512", "CORRIDOR_MAX_HTTP2_CONNECTIONS", "max-http2-connections";

        /// Most requests that are answered at once. Any more are answered with 503 at once; none waits.
        max_requests_in_flight: Count = "1024", "CORRIDOR_MAX_REQUESTS_IN_FLIGHT", "max-requests-in-flight";

        /// Most requests a second with one token, and so many at once after a quiet second. Any more are answered with 429.
        ///
        /// Each line of a batch counts as one; a batch waits instead. 0 means no limit. Without tokens there is none.
        token_requests_per_second: RateLimit = "1000", "CORRIDOR_TOKEN_REQUESTS_PER_SECOND", "token-requests-per-second";

        /// How long the service goes on after SIGTERM, saying at `/ready` that it is stopping, in milliseconds.
        ///
        /// Longer than whoever sends commands waits between two looks at `/ready`. SIGINT stops without it.
        shutdown_notice_ms: MillisecondsOrNone = "1000", "CORRIDOR_SHUTDOWN_NOTICE_MS", "shutdown-notice-ms";

        /// How long requests under way may still take once the service was told to stop, in milliseconds.
        ///
        /// What has not ended by then is cut off.
        shutdown_drain_ms: Milliseconds = "10000", "CORRIDOR_SHUTDOWN_DRAIN_MS", "shutdown-drain-ms";
    }

    /// What Corridor knows and how it reads time and language.
    [decision] DecisionSettings, Everywhere {
        /// Folder of the pack to decide with, relative to the working directory.
        ///
        /// Unset means the household pack that is built in. A pack whose `pack.toml` says `extends = "household"` holds only what
        /// it adds and changes; docs/guides/packs.md shows how.
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

        /// The longest text that is sent to a model, in characters. No household command is longer.
        max_text_chars: TextLength = "1000", "LLM_MAX_TEXT_CHARS", "llm-max-text-chars";

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

    /// The guard over partial trust: it switches the stage off by itself, until somebody arms it again, when a share of the visits passes
    /// its limit for certain (95 %, by the Wilson interval).
    [guard] GuardSettings, Model {
        /// The most visits that are looked at: the latest.
        window_length: SampleCount = "200", "PARTIAL_TRUST_GUARD_WINDOW_LENGTH", "guard-window-length";

        /// Age at which a visit is not looked at any more, in hours.
        window_hours: Hours = "24", "PARTIAL_TRUST_GUARD_WINDOW_HOURS", "guard-window-hours";

        /// The fewest visits by which it trips.
        min_samples: SampleCount = "50", "PARTIAL_TRUST_GUARD_MIN_SAMPLES", "guard-min-samples";

        /// The share of visits that may fail.
        max_error_share: Share = "0.05", "PARTIAL_TRUST_GUARD_MAX_ERROR_SHARE", "guard-max-error-share";

        /// The share of visits whose candidate may be refused.
        max_refusal_share: Share = "0.3", "PARTIAL_TRUST_GUARD_MAX_REFUSAL_SHARE", "guard-max-refusal-share";

        /// Time after which a visit counts as slow, in milliseconds.
        slow_after_ms: Milliseconds = "1000", "PARTIAL_TRUST_GUARD_SLOW_AFTER_MS", "guard-slow-after-ms";

        /// The share of visits that may be slow.
        max_slow_share: Share = "0.05", "PARTIAL_TRUST_GUARD_MAX_SLOW_SHARE", "guard-max-slow-share";
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

        /// Form of a message: lines for people, one JSON object a line, or whichever suits who reads standard error.
        format: LogFormat = "auto", "CORRIDOR_LOG_FORMAT", "log-format";
    }

    /// Records of what was decided and how long it took: files of one JSON object a line, without what people say.
    [records] RecordSettings, Service {
        /// Whether any record is written.
        enabled: Switch = "true", "CORRIDOR_RECORDS_ENABLED", "records-enabled";

        /// Folder of the files that have no path of their own, relative to the working directory, made when needed.
        dir: Folder = "logs", "CORRIDOR_RECORDS_DIR", "records-dir";

        /// Whether the time of every command and of its steps is written.
        pipeline_latency: Switch = "true", "PIPELINE_LATENCY_LOG_ENABLED", "records-pipeline-latency";

        /// Whether it is written for every command how models fared.
        fallback_metrics: Switch = "true", "FALLBACK_METRICS_LOG_ENABLED", "records-fallback-metrics";

        /// Whether what people say is written, to a file of its own that only the service's user can read.
        ///
        /// For looking into a problem, and off again afterwards. The service warns at every start while it is on.
        user_text: Switch = "false", "LOG_USER_TEXT", "records-user-text";

        /// File of decisions. Unset means `decisions.jsonl` in the folder.
        decisions_path: Option<FilePath> = "", "DECISIONS_LOG_PATH", "records-decisions-path";

        /// File of times. Unset means `pipeline_latency.jsonl` in the folder.
        pipeline_latency_path: Option<FilePath> = "", "PIPELINE_LATENCY_LOG_PATH", "records-pipeline-latency-path";

        /// File of how models fared. Unset means `fallback_metrics.jsonl` in the folder.
        fallback_metrics_path: Option<FilePath> = "", "FALLBACK_METRICS_LOG_PATH", "records-fallback-metrics-path";

        /// File of shadow calls. Unset means `shadow_router.jsonl` in the folder.
        shadow_router_path: Option<FilePath> = "", "SHADOW_ROUTER_LOG_PATH", "records-shadow-router-path";

        /// File of assist steps. Unset means `assist.jsonl` in the folder.
        assist_path: Option<FilePath> = "", "ASSIST_LOG_PATH", "records-assist-path";

        /// File of visits to the corridor. Unset means `partial_trust_risk.jsonl` in the folder.
        partial_trust_risk_path: Option<FilePath> = "", "PARTIAL_TRUST_RISK_LOG_PATH", "records-partial-trust-risk-path";

        /// File of attempts at model calls. Unset means `llm_calls.jsonl` in the folder.
        llm_calls_path: Option<FilePath> = "", "LLM_CALLS_LOG_PATH", "records-llm-calls-path";

        /// File of what people say. Unset means `user_text.jsonl` in the folder.
        user_text_path: Option<FilePath> = "", "USER_TEXT_LOG_PATH", "records-user-text-path";

        /// How long a record may wait before it is written, in milliseconds. A sudden end loses at most that much.
        flush_interval_ms: Milliseconds = "500", "CORRIDOR_RECORDS_FLUSH_INTERVAL_MS", "records-flush-interval-ms";

        /// The most records that wait to be written. One more is dropped and counted.
        queue_length: RecordQueueLength = "16384", "CORRIDOR_RECORDS_QUEUE_LENGTH", "records-queue-length";

        /// Size at which a file is put aside under the time it began, in megabytes, and later compressed.
        ///
        /// At most a sixteenth of what is kept in all.
        rotate_mb: Megabytes = "64", "CORRIDOR_RECORDS_ROTATE_MB", "records-rotate-mb";

        /// Age at which a file is put aside even if it is small, in hours.
        rotate_hours: Hours = "24", "CORRIDOR_RECORDS_ROTATE_HOURS", "records-rotate-hours";

        /// Age at which records are removed, in days.
        max_age_days: Days = "30", "CORRIDOR_RECORDS_MAX_AGE_DAYS", "records-max-age-days";

        /// Size of all files together above which the oldest are removed, in megabytes.
        max_total_mb: Megabytes = "1024", "CORRIDOR_RECORDS_MAX_TOTAL_MB", "records-max-total-mb";
    }

    /// Traces for an OpenTelemetry collector, without what people say. None are made unless there is an endpoint.
    [traces] TraceSettings, Service {
        /// Address of the collector, to which `/v1/traces` is added: OTLP over HTTP, as protobuf.
        ///
        /// Unset means no traces.
        endpoint: Option<BaseUrl> = "", "OTEL_EXPORTER_OTLP_ENDPOINT", "traces-endpoint";

        /// Name under which the traces appear.
        service_name: ServiceName = "corridor", "OTEL_SERVICE_NAME", "traces-service-name";
    }
}
