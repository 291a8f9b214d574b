//! What can be asked, and the fields of what is answered.

use town::indicators::Inequality;

/// A question.
pub(super) struct Operation {
    pub path: &'static str,
    pub id: &'static str,
    pub summary: &'static str,
    pub parameters: &'static [Parameter],
    /// The name of the schema of one item.
    pub schema: &'static str,
    /// Whether a list of them is answered.
    pub list: bool,
}

/// What a question may be narrowed by.
pub(super) struct Parameter {
    pub name: &'static str,
    pub values: Values,
    pub what: &'static str,
    pub example: &'static str,
}

/// What values a parameter takes; every other is refused.
#[derive(Clone, Copy)]
pub(super) enum Values {
    /// Any text: what is not there is not found.
    Text,
    /// The code of an area.
    Area,
    /// A day, as ISO 8601.
    Day,
    /// One of these.
    OneOf(fn() -> Vec<&'static str>),
}

const fn parameter(
    name: &'static str,
    values: Values,
    what: &'static str,
    example: &'static str,
) -> Parameter {
    Parameter { name, values, what, example }
}

const CODE: Parameter = parameter("code", Values::Text, "The indicator's code", "mmr-5y");
const CHART: Parameter = parameter(
    "chart",
    Values::OneOf(|| spc::KINDS.iter().map(|entry| entry.name).collect()),
    "The kind of chart, as het spc names it",
    "i",
);
const PROFILE: Parameter = parameter(
    "profile",
    Values::OneOf(|| spc::profiles().iter().map(|profile| profile.name()).collect()),
    "The rules, as het spc names them",
    "mdc-excel",
);
const MEASURE: Parameter = parameter(
    "measure",
    Values::OneOf(|| Inequality::ALL.map(Inequality::name).into()),
    "The measure of inequality, as het measures names it",
    "sii",
);

/// Every question.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/indicators",
        id: "indicators",
        summary: "Every indicator with its icons, those that need attention first",
        parameters: &[],
        schema: "Indicator",
        list: true,
    },
    Operation {
        path: "/api/indicators/{code}",
        id: "indicator",
        summary: "An indicator: what its figures say, the measures that fit them, and what it is compared with",
        parameters: &[CODE, CHART, PROFILE, MEASURE],
        schema: "IndicatorDetail",
        list: false,
    },
    Operation {
        path: "/api/indicators/{code}/chart",
        id: "chart",
        summary: "An indicator's control chart as numbers",
        parameters: &[CODE, CHART, PROFILE],
        schema: "Chart",
        list: false,
    },
    Operation {
        path: "/api/observations",
        id: "observations",
        summary: "Every figure with the cell that it was read from: the columns and filters of het export observations",
        parameters: &[
            parameter("source", Values::Text, "Of one source: cover, deprivation, fingertips, town", "cover"),
            parameter("indicator", Values::Text, "Of one indicator within its source", "mmr1"),
            parameter("age", Values::Text, "Of one age", "24 months"),
            parameter("area", Values::Area, "Of one area, by its code", "E06000032"),
            parameter("from", Values::Day, "Of periods that end on or after this day", "2020-04-01"),
            parameter("to", Values::Day, "Of periods that start on or before this day", "2025-03-31"),
            parameter(
                "all_versions",
                Values::OneOf(|| vec!["yes"]),
                "yes: older versions of revised figures too",
                "yes",
            ),
            parameter(
                "format",
                Values::OneOf(|| vec!["json", "jsonl", "csv"]),
                "json (default), jsonl or csv",
                "csv",
            ),
        ],
        schema: "Observation",
        list: true,
    },
];

/// A field: the schema it belongs to, its name, its type, what it is. A type ending in `?` may be null.
pub(super) type Field = (&'static str, &'static str, &'static str, &'static str);

/// The fields of every schema but Observation, whose columns are those of `het export observations`.
#[rustfmt::skip]
pub(super) const FIELDS: &[Field] = &[
    ("Indicator", "series", "string", "The indicator's code"),
    ("Indicator", "name", "string", "What it is called"),
    ("Indicator", "variation", "string", "The code of the variation icon; empty without figures"),
    ("Indicator", "assurance", "string", "The code of the assurance icon; empty without figures"),
    ("Indicator", "latest", "number?", "The latest figure, unrounded"),
    ("Indicator", "period", "string?", "The period of the latest figure, in words"),
    ("Indicator", "rules", "string", "The codes of the rules that the latest point fired"),
    ("Indicator", "subgroup", "string?", "The code of the subgroup that follows it"),
    ("Indicator", "impact_measure", "boolean", "Whether the partnership reviews it once a year"),
    ("Indicator", "source", "string", "The source of its figures"),
    ("Indicator", "target", "string?", "Its target in words"),
    ("IndicatorDetail", "code", "string", "Its code"),
    ("IndicatorDetail", "name", "string", "What it is called"),
    ("IndicatorDetail", "definition", "string", "What exactly is measured"),
    ("IndicatorDetail", "unit", "string", "The unit of its values"),
    ("IndicatorDetail", "polarity", "string", "high-is-good, low-is-good or not-set"),
    ("IndicatorDetail", "source", "string", "Who publishes it"),
    ("IndicatorDetail", "sentences", "array", "What the figures say, and no more"),
    ("IndicatorDetail", "measures", "array", "Each measure with value, lower95, upper95, lower998, upper998, words, method and source"),
    ("IndicatorDetail", "compared", "array", "How the town compares, at 95% and 99.8%"),
    ("IndicatorDetail", "charts", "array", "The kinds of chart that fit its figures"),
    ("IndicatorDetail", "licences", "array", "The licence lines of its sources"),
    ("IndicatorDetail", "methods", "array", "How the figures were worked out"),
    ("Chart", "series", "string", "The indicator's code"),
    ("Chart", "variation", "string", "The code of the variation icon"),
    ("Chart", "assurance", "string", "The code of the assurance icon"),
    ("Chart", "method", "string", "How the chart was made"),
    ("Chart", "points", "array", "Each point with date, period, value, status, centre, lower, upper, target, rules, part and judgement"),
    ("Problem", "type", "string", "about:blank"),
    ("Problem", "title", "string", "What went wrong"),
    ("Problem", "status", "integer", "The HTTP status"),
    ("Problem", "detail", "string", "What to do"),
    ("Problem", "instance", "string", "The reference of the request"),
];
