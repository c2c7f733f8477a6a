"""The first rulebook as rows."""

from django.db import migrations

from certification.rules.rulebook_v1 import CODE, EFFECTIVE_FROM, ROWS, VERSION, citation


def write_rows(apps, schema_editor):
    rulebook = apps.get_model("certification", "Rulebook").objects.create(
        code=CODE,
        version=VERSION,
        title="Designated Clusters rulebook",
        effective_from=EFFECTIVE_FROM,
    )
    parameters = apps.get_model("certification", "RulebookParameter")
    parameters.objects.bulk_create(
        parameters(rulebook=rulebook, key=key, value=value, title=title, citation=citation(section))
        for key, value, title, section in ROWS
    )


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_rulebooks")]

    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
