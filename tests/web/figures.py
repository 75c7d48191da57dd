"""What do the metrics say?"""

from __future__ import annotations

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families


def figure(client: FlaskClient, name: str, **labels: str) -> float:
    """The value of one sample; 0 when there is none yet."""
    return figure_in(client.get("/metrics").get_data(as_text=True), name, **labels)


def figure_in(text: str, name: str, **labels: str) -> float:
    """The same, from the text of /metrics."""
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return float(sample.value)
    return 0.0
