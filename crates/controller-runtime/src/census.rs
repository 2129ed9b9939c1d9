//! Objects by namespace and state, counted at the moment somebody asks: a namespace that is gone leaves no series behind.
//!
//! The recorder of metrics cannot forget a series, so these are not in it. They are counted in what the watches keep and stand on
//! the same page.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex, Weak},
};

use crate::locked;

/// Objects that count as one number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Series {
    pub(crate) kind: &'static str,
    /// `None` for objects of the whole cluster.
    pub(crate) namespace: Option<Arc<str>>,
    /// Label and value of the state that they are in, for kinds that have one.
    pub(crate) state: Option<(&'static str, &'static str)>,
}

/// Whatever has objects to count.
pub(crate) trait Counted: Send + Sync {
    /// Adds them, none of them as long as it is not known how many there are. What is not there has no number, not even 0.
    fn add_to(&self, numbers: &mut BTreeMap<Series, usize>);
}

/// What is counted in this process, by the name of its gauge. Each holds on only to what somebody else holds.
static COUNTED: Mutex<Vec<(String, Weak<dyn Counted>)>> = Mutex::new(Vec::new());

/// From now on `counted` is counted in this gauge, until nobody holds it any more. Twice is once.
pub(crate) fn register(gauge: &str, counted: Weak<dyn Counted>) {
    let mut all = locked(&COUNTED);
    all.retain(|(_, known)| known.strong_count() > 0);
    let is_known = |(name, known): &(String, Weak<dyn Counted>)| {
        name == gauge && std::ptr::addr_eq(known.as_ptr(), counted.as_ptr())
    };
    if !all.iter().any(is_known) {
        all.push((gauge.to_owned(), counted));
    }
}

/// The gauges in the text form of Prometheus.
pub(crate) fn render() -> String {
    let mut gauges: BTreeMap<String, BTreeMap<Series, usize>> = BTreeMap::new();
    let counted = locked(&COUNTED).clone();
    for (gauge, counted) in counted {
        if let Some(counted) = counted.upgrade() {
            counted.add_to(gauges.entry(gauge).or_default());
        }
    }
    let mut page = String::new();
    for (gauge, numbers) in gauges.iter().filter(|(_, numbers)| !numbers.is_empty()) {
        let _ = writeln!(page, "# HELP {gauge} Objects in the watch cache\n# TYPE {gauge} gauge");
        for (Series { kind, namespace, state }, number) in numbers {
            // Kinds, states and namespaces are words of Kubernetes: nothing in them has to be quoted.
            let namespace =
                namespace.as_ref().map(|name| format!(",namespace=\"{name}\"")).unwrap_or_default();
            let state = state.map(|(label, value)| format!(",{label}=\"{value}\"")).unwrap_or_default();
            let _ = writeln!(page, "{gauge}{{resource_type=\"{kind}\"{namespace}{state}}} {number}");
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Vec<(Series, usize)>);

    impl Counted for Fixed {
        fn add_to(&self, numbers: &mut BTreeMap<Series, usize>) {
            for (series, number) in &self.0 {
                *numbers.entry(series.clone()).or_default() += number;
            }
        }
    }

    fn series(namespace: Option<&str>, state: Option<&'static str>) -> Series {
        Series {
            kind: "Fixed",
            namespace: namespace.map(Arc::from),
            state: state.map(|value| ("phase", value)),
        }
    }

    /// The lines of a page about one gauge.
    fn about(gauge: &str) -> String {
        render().lines().filter(|line| line.contains(gauge)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_counted_stands_on_the_page_once_and_goes_with_what_holds_it() {
        let gauge = "census_once_active_resources";
        let fixed: Arc<dyn Counted> = Arc::new(Fixed(vec![
            (series(Some("acme"), Some("Ready")), 2),
            (series(Some("acme"), Some("Failed")), 1),
            (series(Some("portal"), None), 3),
            (series(None, None), 4),
        ]));
        register(gauge, Arc::downgrade(&fixed));
        register(gauge, Arc::downgrade(&fixed));
        insta::assert_snapshot!(about(gauge), @r#"
        # HELP census_once_active_resources Objects in the watch cache
        # TYPE census_once_active_resources gauge
        census_once_active_resources{resource_type="Fixed"} 4
        census_once_active_resources{resource_type="Fixed",namespace="acme",phase="Failed"} 1
        census_once_active_resources{resource_type="Fixed",namespace="acme",phase="Ready"} 2
        census_once_active_resources{resource_type="Fixed",namespace="portal"} 3
        "#);
        drop(fixed);
        assert_eq!(about(gauge), "");
    }

    #[test]
    fn a_gauge_without_any_number_is_not_on_the_page() {
        let none: Arc<dyn Counted> = Arc::new(Fixed(Vec::new()));
        register("census_none_active_resources", Arc::downgrade(&none));
        assert_eq!(about("census_none_active_resources"), "");
    }
}
