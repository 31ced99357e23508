"""A gemeente has dates and may go on in another; `gebieden_gemeente_op` follows that chain to the gemeente of a day."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

GEMEENTE_OP = """
CREATE FUNCTION gebieden_gemeente_op(code text, op date) RETURNS text LANGUAGE sql STABLE AS $$
    WITH RECURSIVE keten (id, code, stap) AS (
        SELECT g.id, g.code::text, 0 FROM gebieden_gemeente g WHERE g.code = $1
        UNION ALL
        SELECT nu.id, nu.code::text, keten.stap + 1
        FROM keten
        JOIN gebieden_gemeente oud ON oud.id = keten.id AND oud.opvolger_id IS NOT NULL AND oud.geldig_tot <= $2
        JOIN gebieden_gemeente nu ON nu.id = oud.opvolger_id
        WHERE keten.stap < 20
    )
    SELECT coalesce((SELECT keten.code FROM keten ORDER BY keten.stap DESC LIMIT 1), $1)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("gebieden", "0002_register_sneller")]

    operations = [
        migrations.AddField("gemeente", "geldig_van", models.DateField(blank=True, null=True, verbose_name="bestaat sinds")),
        migrations.AddField(
            "gemeente",
            "geldig_tot",
            models.DateField(
                blank=True, help_text="Eerste dag waarop de gemeente er niet meer is.", null=True, verbose_name="bestaat tot"
            ),
        ),
        migrations.AddField(
            "gemeente",
            "opvolger",
            models.ForeignKey(
                blank=True,
                help_text="Na een fusie.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voorgangers",
                to="gebieden.gemeente",
            ),
        ),
        migrations.AddField("gemeente", "fusie_verwerkt_op", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_van__isnull", True),
                    ("geldig_tot__isnull", True),
                    ("geldig_van__lt", models.F("geldig_tot")),
                    _connector="OR",
                ),
                name="gemeente_datums",
                violation_error_code="geldig_tot",
                violation_error_message="Deze dag moet na de eerste dag van de gemeente liggen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(("opvolger__isnull", True), ("geldig_tot__isnull", False), _connector="OR"),
                name="gemeente_opvolger_met_datum",
                violation_error_code="geldig_tot",
                violation_error_message="Bij een opvolger hoort de dag waarop de gemeente opgaat in de andere.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opvolger__isnull", True), models.Q(("opvolger", models.F("id")), _negated=True), _connector="OR"
                ),
                name="gemeente_opvolger_is_ander",
                violation_error_code="opvolger",
                violation_error_message="Een gemeente kan niet opgaan in zichzelf.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="gemeente",
            name="gemeente_code_vorm",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^GM\\d{4}$")),
                name="gemeente_code_vorm",
                violation_error_code="code",
                violation_error_message="Een code als GM0392.",
            ),
        ),
        migrations.RunSQL(GEMEENTE_OP, "DROP FUNCTION gebieden_gemeente_op(text, date)"),
    ]
