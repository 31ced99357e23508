

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('toegang', '0001_initial'),
        ('wijkteams', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='aanstelling',
            name='wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanstellingen', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='aanstelling',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='toegang.aanstelling'),
        ),
        migrations.AddField(
            model_name='inzage',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='aanstelling',
            index=models.Index(fields=['rol', 'van'], name='aanstelling_rol'),
        ),
        migrations.AddConstraint(
            model_name='aanstelling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gemeente__isnull', True), ('regio__isnull', True), ('rol', 'zorgcoordinator'), ('school__isnull', False), ('wijkteam__isnull', True)), models.Q(('gemeente__isnull', True), ('regio__isnull', True), ('rol', 'schoolteamleider'), ('school__isnull', False), ('wijkteam__isnull', True)), models.Q(('gemeente__isnull', True), ('regio__isnull', True), ('rol', 'wijkteamlid'), ('school__isnull', True), ('wijkteam__isnull', False)), models.Q(('gemeente__isnull', True), ('regio__isnull', True), ('rol', 'wijkteamcoordinator'), ('school__isnull', True), ('wijkteam__isnull', False)), models.Q(('gemeente__isnull', True), ('regio__isnull', False), ('rol', 'regiocoordinator'), ('school__isnull', True), ('wijkteam__isnull', True)), models.Q(('gemeente__isnull', False), ('regio__isnull', True), ('rol', 'gemeentemedewerker'), ('school__isnull', True), ('wijkteam__isnull', True)), models.Q(('gemeente__isnull', True), ('regio__isnull', True), ('rol', 'functioneel_beheer'), ('school__isnull', True), ('wijkteam__isnull', True)), _connector='OR'), name='aanstelling_past_bij_rol'),
        ),
        migrations.AddConstraint(
            model_name='aanstelling',
            constraint=models.CheckConstraint(condition=models.Q(('tot__isnull', True), ('van__lt', models.F('tot')), _connector='OR'), name='aanstelling_datums'),
        ),
        migrations.AddConstraint(
            model_name='aanstelling',
            constraint=models.UniqueConstraint(fields=('user', 'rol', 'school', 'wijkteam', 'gemeente', 'regio', 'van'), name='aanstelling_uniek', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='inzage',
            index=models.Index(fields=['object_soort', 'object_id', '-op'], name='inzage_object'),
        ),
        migrations.AddIndex(
            model_name='inzage',
            index=models.Index(fields=['user', '-op'], name='inzage_user'),
        ),
    ]
