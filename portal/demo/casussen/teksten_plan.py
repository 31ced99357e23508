"""What people wrote in the overleggen and plans of the demo. Invented."""

from casussen.keuzes import Deelnemer, Domein, Standpunt

ZALEN = ("Lokaal 1.12, hoofdingang", "Spreekkamer bij de conciërge", "Teamkamer, eerste verdieping", "Zorglokaal, begane grond")
AGENDA = "Hoe gaat het nu? Wat wil het gezin zelf? Wat doen we, en wie doet wat?"
VERSLAG = (
    "Iedereen is aan het woord geweest. We zijn het eens over drie dingen: rust thuis, elke dag naar school en één vast persoon.",
    "We hebben gekeken naar wat goed gaat en wat nodig is. De afspraken staan hieronder, met naam en datum.",
    "Het gesprek was open. School past het rooster aan, het wijkteam komt thuis langs en oma helpt mee.",
)
AANVULLING = "Vergeten te noteren: de mentor neemt op maandag contact op over het rooster."
AANVULLING_OUDERS = "Wij belden later nog: wij willen graag eerst een keer bij de mentor langs."
OUDERS = (
    "Wij zijn blij dat iedereen aan tafel zat. Het moet niet te veel tegelijk worden.",
    "Wij willen graag weten wie we mogen bellen als het niet lukt.",
    "Het is fijn dat ook gezegd werd wat er goed gaat.",
)
JONGERE = (
    "Ik wil wel naar school, maar niet meteen hele dagen.",
    "Ik vond het spannend. Het is goed dat mijn mentor erbij was.",
    "Ik wil zelf kiezen met wie ik praat.",
)
BEELD = (
    "Thuis is het onrustig, op school lukt het op goede dagen. Ouders en school willen hetzelfde.",
    "Er is veel liefde in het gezin en weinig rust. De leerling mist school en vrienden.",
    "Het gaat beter dan in september. Slapen en op tijd komen blijft lastig.",
)
#: domain, text, whose it is, own strength, own network
Doel = tuple[str, str, str, str, str]
DOELEN_SCHOOL: tuple[Doel, ...] = (
    (
        Domein.SCHOOL,
        "Elke dag op school, met een rustige start bij de mentor.",
        Deelnemer.SCHOOL,
        "Zet zelf de wekker.",
        "Een klasgenoot fietst mee.",
    ),
    (
        Domein.SCHOOL,
        "Drie vakken bijhouden en het jaar halen.",
        Deelnemer.JONGERE,
        "Kiest zelf welke vakken.",
        "Tante helpt met wiskunde.",
    ),
    (
        Domein.SCHOOL,
        "In kleine stappen terug naar hele schooldagen.",
        Deelnemer.SCHOOL,
        "Zegt het als het te veel wordt.",
        "Opa brengt op maandag.",
    ),
)
DOELEN_THUIS: tuple[Doel, ...] = (
    (
        Domein.THUIS,
        "Rust aan tafel: één keer per dag samen eten zonder ruzie.",
        Deelnemer.OUDERS,
        "Ouders maken een rooster.",
        "Oma kookt op donderdag.",
    ),
    (
        Domein.THUIS,
        "Om elf uur slapen op schooldagen.",
        Deelnemer.OUDERS,
        "Telefoon ligt beneden.",
        "Grote broer doet mee.",
    ),
    (
        Domein.THUIS,
        "Moeder weet wie zij kan bellen als het te veel is.",
        Deelnemer.WIJKTEAM,
        "Moeder belt zelf.",
        "De buurvrouw past op.",
    ),
)
DOELEN_VRIJ: tuple[Doel, ...] = (
    (
        Domein.VRIJE_TIJD,
        "Elke week sporten, bij een club in de buurt.",
        Deelnemer.JONGERE,
        "Kiest zelf de sport.",
        "Neef zit op dezelfde club.",
    ),
    (
        Domein.VRIJE_TIJD,
        "Een vaste middag met vrienden.",
        Deelnemer.OUDERS,
        "Nodigt zelf iemand uit.",
        "De scouting doet mee.",
    ),
)
STANDPUNT: tuple[tuple[str, str], ...] = (
    (Standpunt.AKKOORD, ""),
    (Standpunt.AKKOORD, "Dit is ons plan. Zo willen we het proberen."),
    (Standpunt.DEELS, "Met school zijn we het eens. Hulp thuis willen we liever later."),
    (Standpunt.NIET, "Wij willen eerst zelf proberen of het lukt."),
)
STANDPUNT_KANS = (45, 42, 11, 2)
TAKEN: tuple[tuple[str, str], ...] = (
    ("Rooster aanpassen: eerste uur vrij tot de vakantie", Deelnemer.SCHOOL),
    ("Bellen met de sportclub over een proefles", Deelnemer.WIJKTEAM),
    ("Met de mentor een rustige plek afspreken", Deelnemer.SCHOOL),
    ("Samen met ouders naar het spreekuur van de jeugdarts", Deelnemer.WIJKTEAM),
    ("Oma vragen om op donderdag te koken", Deelnemer.OUDERS),
    ("Elke vrijdag een berichtje van de mentor naar huis", Deelnemer.SCHOOL),
)
DOEL_AANBIEDER = "Hulp geven die past bij het doel over school, en daarover overleggen met wijkteam en school."
VOORTGANG = (
    "We zien het gezin elke week. De afspraken over slapen lukken.",
    "Het contact is goed. We werken aan de weg naar school.",
    "Vier gesprekken gehad. We kijken samen met ouders wat helpt.",
)
VOORTGANG_WACHT = ("De aanvraag is binnen. Wij bellen het gezin deze week.", "Er is nog geen plek. We houden u op de hoogte.")
REACTIE_EENS = ("Op school zien we hetzelfde: het gaat echt beter.", "Wij herkennen dit en zijn het eens.")
REACTIE_ONEENS = ("Op school lukt het nog niet elke dag. Wij willen nog even doorgaan.",)
NAZORG = (
    "Het gaat goed. De leerling is elke dag op school.",
    "Soms nog lastig, maar het gezin redt het zelf.",
    "Goed. Ze hebben ons nummer.",
)
