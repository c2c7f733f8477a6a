"""Awards that were accepted before awards had reports: the calendar makes their schedule."""

from django.db import migrations
from django.utils import timezone


def watch_accepted_awards(apps, schema_editor):
    """Set the clock of reports; its verb writes the schedule and gives thirty days at least."""
    deadline = apps.get_model("records", "Deadline")
    awards = apps.get_model("grants", "Award").objects.filter(state="accepted")
    for case in awards.values_list("case_id", flat=True):
        deadline.objects.get_or_create(
            case_id=case,
            kind="watch_reports",
            met_at=None,
            swept_at=None,
            defaults={"due_at": timezone.now()},
        )


class Migration(migrations.Migration):
    dependencies = [("grants", "0011_reports"), ("records", "0005_letters_notices_returns")]

    operations = [migrations.RunPython(watch_accepted_awards, migrations.RunPython.noop)]
