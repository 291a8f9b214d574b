//! From the British National Grid to longitude and latitude.
//!
//! Ordnance Survey, "A guide to coordinate systems in Great Britain" (2020): Annex C for the inverse
//! Transverse Mercator on the Airy 1830 ellipsoid, Annex B for the way between angles and cartesian
//! coordinates, section 6.6 for the Helmert transformation from OSGB36 to WGS84. Good to about five metres,
//! which is enough for a town that is not there; a projection library would be a dependency for sixty lines.

/// A point on the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Metres east on the British National Grid.
    pub easting: f64,
    /// Metres north on the British National Grid.
    pub northing: f64,
    /// Degrees east of Greenwich (WGS84), to six places.
    pub longitude: f64,
    /// Degrees north (WGS84), to six places.
    pub latitude: f64,
}

impl Place {
    /// The place at these metres on the British National Grid.
    pub(crate) fn on_grid(easting: f64, northing: f64) -> Place {
        let (latitude, longitude) = airy_angles(easting, northing);
        let (latitude, longitude) = to_wgs84(latitude, longitude);
        let six_places = |radians: f64| (radians.to_degrees() * 1e6).round() / 1e6;
        Place { easting, northing, longitude: six_places(longitude), latitude: six_places(latitude) }
    }
}

// Airy 1830 and the National Grid projection (guide, Annex A).
const AIRY_A: f64 = 6_377_563.396;
const AIRY_B: f64 = 6_356_256.909;
const SCALE: f64 = 0.999_601_271_7;
const TRUE_LATITUDE: f64 = 49.0;
const TRUE_LONGITUDE: f64 = -2.0;
const FALSE_EASTING: f64 = 400_000.0;
const FALSE_NORTHING: f64 = -100_000.0;

/// Latitude and longitude on the Airy ellipsoid in radians (guide, Annex C.2).
fn airy_angles(easting: f64, northing: f64) -> (f64, f64) {
    let (a, b) = (AIRY_A * SCALE, AIRY_B * SCALE);
    let e2 = 1.0 - (b * b) / (a * a);
    let phi0 = TRUE_LATITUDE.to_radians();
    let mut phi = phi0 + (northing - FALSE_NORTHING) / a;
    for _ in 0..10 {
        let rest = northing - FALSE_NORTHING - meridional_arc(b, (a - b) / (a + b), phi0, phi);
        if rest.abs() < 1e-5 {
            break;
        }
        phi += rest / a;
    }
    let (sin, cos, tan) = (phi.sin(), phi.cos(), phi.tan());
    let nu = a / (1.0 - e2 * sin * sin).sqrt();
    let rho = nu * (1.0 - e2) / (1.0 - e2 * sin * sin);
    let eta2 = nu / rho - 1.0;
    let t2 = tan * tan;
    let vii = tan / (2.0 * rho * nu);
    let viii = tan / (24.0 * rho * nu.powi(3)) * (5.0 + 3.0 * t2 + eta2 - 9.0 * t2 * eta2);
    let ix = tan / (720.0 * rho * nu.powi(5)) * (61.0 + 90.0 * t2 + 45.0 * t2 * t2);
    let x = 1.0 / (cos * nu);
    let xi = 1.0 / (cos * 6.0 * nu.powi(3)) * (nu / rho + 2.0 * t2);
    let xii = 1.0 / (cos * 120.0 * nu.powi(5)) * (5.0 + 28.0 * t2 + 24.0 * t2 * t2);
    let xiia =
        1.0 / (cos * 5040.0 * nu.powi(7)) * (61.0 + 662.0 * t2 + 1320.0 * t2 * t2 + 720.0 * t2.powi(3));
    let d = easting - FALSE_EASTING;
    (
        phi - vii * d.powi(2) + viii * d.powi(4) - ix * d.powi(6),
        TRUE_LONGITUDE.to_radians() + x * d - xi * d.powi(3) + xii * d.powi(5) - xiia * d.powi(7),
    )
}

/// The developed meridional arc M (guide, Annex C.1).
fn meridional_arc(b: f64, n: f64, phi0: f64, phi: f64) -> f64 {
    let (n2, n3) = (n * n, n * n * n);
    let (less, more) = (phi - phi0, phi + phi0);
    b * ((1.0 + n + 1.25 * n2 + 1.25 * n3) * less
        - (3.0 * n + 3.0 * n2 + 2.625 * n3) * less.sin() * more.cos()
        + (1.875 * n2 + 1.875 * n3) * (2.0 * less).sin() * (2.0 * more).cos()
        - 35.0 / 24.0 * n3 * (3.0 * less).sin() * (3.0 * more).cos())
}

/// From OSGB36 to WGS84, both in radians: the Helmert transformation of the guide's section 6.6, its signs
/// turned because the guide gives it the other way.
fn to_wgs84(latitude: f64, longitude: f64) -> (f64, f64) {
    let (x, y, z) = cartesian(latitude, longitude);
    let (tx, ty, tz) = (446.448, -125.157, 542.060);
    let scale = 1.0 - 20.4894e-6;
    let (rx, ry, rz) = (
        (0.1502_f64 / 3600.0).to_radians(),
        (0.2470_f64 / 3600.0).to_radians(),
        (0.8421_f64 / 3600.0).to_radians(),
    );
    angles(
        tx + scale * x - rz * y + ry * z,
        ty + rz * x + scale * y - rx * z,
        tz - ry * x + rx * y + scale * z,
    )
}

fn cartesian(latitude: f64, longitude: f64) -> (f64, f64, f64) {
    let e2 = 1.0 - (AIRY_B * AIRY_B) / (AIRY_A * AIRY_A);
    let nu = AIRY_A / (1.0 - e2 * latitude.sin().powi(2)).sqrt();
    (
        nu * latitude.cos() * longitude.cos(),
        nu * latitude.cos() * longitude.sin(),
        (1.0 - e2) * nu * latitude.sin(),
    )
}

/// Latitude and longitude on the WGS84 ellipsoid (guide, Annex B.2).
fn angles(x: f64, y: f64, z: f64) -> (f64, f64) {
    let (a, b) = (6_378_137.0_f64, 6_356_752.314_2_f64);
    let e2 = 1.0 - (b * b) / (a * a);
    let p = x.hypot(y);
    let mut phi = (z / (p * (1.0 - e2))).atan();
    for _ in 0..6 {
        let nu = a / (1.0 - e2 * phi.sin().powi(2)).sqrt();
        phi = ((z + e2 * nu * phi.sin()) / p).atan();
    }
    (phi, y.atan2(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The guide's worked example, Annex C.2: Caister water tower on the Airy ellipsoid.
    #[test]
    fn the_worked_example_comes_out() {
        let (latitude, longitude) = airy_angles(651_409.903, 313_177.270);
        let seconds = |degrees: f64, minutes: f64, seconds: f64| degrees + minutes / 60.0 + seconds / 3600.0;
        assert!((latitude.to_degrees() - seconds(52.0, 39.0, 27.2531)).abs() < 1e-8);
        assert!((longitude.to_degrees() - seconds(1.0, 43.0, 4.5177)).abs() < 1e-8);
    }

    // The same place in WGS84 (ETRS89) from the guide's Annex B: 52 39 28.72 N, 1 42 57.8 E, to about 5 metres.
    #[test]
    fn the_shift_to_wgs84_is_within_metres() {
        let place = Place::on_grid(651_409.903, 313_177.270);
        assert!((place.latitude - 52.657_979).abs() < 6e-5, "{}", place.latitude);
        assert!((place.longitude - 1.716_052).abs() < 9e-5, "{}", place.longitude);
    }
}
