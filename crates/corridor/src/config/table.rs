//! The macro that makes types, parser and documentation of one table of settings.

/// Expands a table of settings into one struct a section, the `Settings` that holds them, and the declarations.
macro_rules! settings {
    (@flag) => { None };
    (@flag $flag:literal) => { Some($flag) };
    ($(
        $(#[doc = $section_doc:literal])+
        [$section:ident] $section_type:ident, $reach:ident {
            $(
                $(#[doc = $doc:literal])+
                $key:ident: $type:ty = $default:literal, $environment:literal $(, $flag:literal)?;
            )+
        }
    )+) => {
        $(
            $(#[doc = $section_doc])+
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $section_type {
                $(
                    $(#[doc = $doc])+
                    pub $key: $type,
                )+
            }
        )+

        /// All settings, checked.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings {
            $(
                $(#[doc = $section_doc])+
                pub $section: $section_type,
            )+
        }

        /// What there is to set, in the order of the documentation.
        pub static SECTIONS: &[Section] = &[
            $(
                Section {
                    name: stringify!($section),
                    doc: concat!($($section_doc, "\n"),+),
                    reach: Reach::$reach,
                    settings: &[
                        $(
                            Declaration::of::<$type>(
                                stringify!($section),
                                stringify!($key),
                                $default,
                                $environment,
                                settings!(@flag $($flag)?),
                                concat!($($doc, "\n"),+),
                            ),
                        )+
                    ],
                },
            )+
        ];

        impl Settings {
            /// Reads every setting from the highest layer that gives it. Nothing where a value was refused; `layers` then
            /// holds the problems.
            pub(super) fn from_layers(layers: &mut Layers) -> Option<Self> {
                // Every setting is read before the first refusal ends it, so that all problems are told at once.
                $( let $section = ( $( layers.value::<$type>(stringify!($section), stringify!($key)), )+ ); )+
                Some(Self {
                    $( $section: { let ( $( $key, )+ ) = $section; $section_type { $( $key: $key?, )+ } }, )+
                })
            }
        }
    };
}

pub(super) use settings;
