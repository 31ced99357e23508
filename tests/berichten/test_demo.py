"""The demo region has something to read: threads of the two accounts, with documents, part of it unread."""

from casussen.documenten import opslag
from casussen.documenten.herkennen import recognise
from casussen.keuzes import Status
from casussen.models import Bericht, Document
from casussen.queries.berichten import unread_counts
from kern.models import Melding
from kern.models.melding import MeldingStatus
from portal.demo.berichten import GESPREKKEN, VERSLAG, small_pdf, write_messages
from tests.factories.casussen import NU
from toegang.models import User


def test_threads_are_written_with_documents_and_partly_unread(wereld):
    casussen = [wereld.casus(Status.ONTVANGEN, leerlingnummer=f"D{n}") for n in range(4)]
    User.objects.filter(pk=wereld.cast.zoe.pk).update(email="zc@demo.example")
    User.objects.filter(pk=wereld.cast.wim.pk).update(email="wijkteam@demo.example")
    write_messages(moment=NU)
    assert Bericht.objects.count() == sum(len(lines) for lines in GESPREKKEN)
    names = {document.naam for document in Document.objects.all() if opslag.path_of(document.sleutel).exists()}
    assert names == {"verslag-gesprek-mentor.pdf", "afspraken-rooster.txt"}
    unread = unread_counts(wereld.zoe, [casus.pk for casus in casussen])
    assert 0 < len(unread) < len(casussen)
    assert not Melding.objects.filter(soort="casus_bericht", status=MeldingStatus.WACHT, kanaal="mail").exists()
    assert Bericht.objects.filter(op__gt=NU).count() == 0


def test_its_pdf_is_one(db):
    assert recognise("verslag.pdf", small_pdf(VERSLAG)).mime == "application/pdf"
