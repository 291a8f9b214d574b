//! From longitude and latitude to pixels.
//!
//! A local equirectangular projection at the middle latitude: over England its shapes differ from the British National
//! Grid's by less than a line's width at these sizes, and it needs no grid shift data.

/// A point in tenths of a pixel: whole numbers, so that neighbours share their corners exactly.
pub(super) type Tenth = (i32, i32);

/// Rings in tenths of a pixel, fitted into a rectangle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// For each area its rings.
    pub(super) areas: Vec<Vec<Vec<Tenth>>>,
    /// How wide the drawing came out, in pixels.
    pub(super) width: f64,
    /// How high the drawing came out, in pixels.
    pub(super) height: f64,
}

/// Projects the rings of every area and fits them into `width` by `height` pixels, north up. Points that are not
/// finite, or are not on the globe, are passed over; rings left with fewer than three corners vanish.
pub(super) fn fit(areas: &[&[Vec<(f64, f64)>]], width: f64, height: f64) -> Fitted {
    let valid = |point: &&(f64, f64)| point.0.abs() <= 180.0 && point.1.abs() <= 90.0;
    let mut bounds = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
    for (lon, lat) in areas.iter().flat_map(|rings| rings.iter().flatten()).filter(valid) {
        bounds = [bounds[0].min(*lon), bounds[1].max(*lon), bounds[2].min(*lat), bounds[3].max(*lat)];
    }
    let [west, east, south, north] = bounds;
    if west > east {
        return Fitted { areas: vec![Vec::new(); areas.len()], width, height: 0.0 };
    }
    let squeeze = ((south + north) / 2.0).to_radians().cos();
    let (broad, tall) = (((east - west) * squeeze).max(1e-9), (north - south).max(1e-9));
    let pixels = (width / broad).min(height / tall);
    let place = |&(lon, lat): &(f64, f64)| -> Tenth {
        let (x, y) = ((lon - west) * squeeze * pixels, (north - lat) * pixels);
        ((x * 10.0).round() as i32, (y * 10.0).round() as i32)
    };
    let ring = |ring: &Vec<(f64, f64)>| -> Option<Vec<Tenth>> {
        let mut points: Vec<Tenth> = ring.iter().filter(valid).map(place).collect();
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        (points.len() >= 3).then_some(points)
    };
    let areas = areas.iter().map(|rings| rings.iter().filter_map(ring).collect()).collect();
    Fitted { areas, width: broad * pixels, height: tall * pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_degrees_of_longitude_are_narrower() {
        let square = vec![vec![(0.0, 60.0), (1.0, 60.0), (1.0, 61.0), (0.0, 61.0), (0.0, 60.0)]];
        let fitted = fit(&[&square], 100.0, 100.0);
        assert_eq!(fitted.areas[0][0].len(), 4);
        assert_eq!(fitted.areas[0][0][0].1, 1000, "the south is at the bottom");
        assert!((fitted.width / fitted.height - 60.5f64.to_radians().cos()).abs() < 1e-9);
    }

    #[test]
    fn nonsense_is_passed_over() {
        let rings = vec![vec![(f64::NAN, 1.0), (500.0, 2.0)], vec![]];
        assert_eq!(fit(&[&rings], 100.0, 100.0).areas, vec![Vec::<Vec<Tenth>>::new()]);
        assert_eq!(fit(&[], 100.0, 100.0).height, 0.0);
    }
}
