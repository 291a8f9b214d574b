//! The words of the field as types: areas, periods, figures that may be suppressed, deprivation quantiles.
