"""What people wrote in the demo casussen: invented, plain, and without a name in it."""

#: Per kind: what is asked, what goes well, what was tried.
VERHALEN = (
    (
        "{L} komt steeds vaker niet op school. Ouders krijgen {hem} 's ochtends de deur niet uit. Wie denkt met ons mee?",
        "{L} heeft één goede vriend in de klas, tekent veel en komt altijd naar de mentor toe als het lukt om te komen.",
        "Mentorgesprekken, een aangepast rooster en twee gesprekken met ouders.",
    ),
    (
        "Sinds de scheiding slaapt {L} slecht en is {hij} vaak boos. Ouders vragen hulp om samen afspraken te maken.",
        "Beide ouders komen naar school en willen hetzelfde: rust. {L} is gek op voetbal en wordt daar gezien.",
        "Gesprekken met de mentor en een time-outplek op school.",
    ),
    (
        "{L} is somber en trekt zich terug. De huisarts is betrokken. Wie kan thuis meekijken wat er nodig is?",
        "{L} praat open met de zorgcoördinator en heeft een oma om de hoek waar {hij} graag komt.",
        "Wekelijks gesprek op school, contact met de huisarts.",
    ),
    (
        "{L} zorgt thuis veel voor een zieke moeder en voor een broertje. Huiswerk lukt niet meer. Welke hulp past hier?",
        "{L} is heel zelfstandig, haalt goede cijfers voor talen en heeft een tante die wil helpen.",
        "Huiswerkbegeleiding op school en uitstel van toetsen.",
    ),
    (
        "Er zijn thuis geldzorgen en spanning. {L} komt zonder ontbijt op school. Ouders zoeken hulp, maar weten niet waar.",
        "Het gezin is hecht. {L} is vrolijk in de klas en helpt anderen met wiskunde.",
        "Leergeld aangevraagd, gesprek met ouders, ontbijt op school.",
    ),
    (
        "{L} gamet tot diep in de nacht en mist de eerste uren. Thuis loopt het hoog op. Ouders vragen hulp bij grenzen stellen.",
        "{L} is technisch heel handig en heeft een stagebegeleider met wie het goed klikt.",
        "Afspraken over telefoon en slaap, verzuimgesprek met ouders.",
    ),
    (
        "{L} is net in Nederland en heeft veel meegemaakt. Er is thuis niemand die de weg kent. Wie kan het gezin helpen?",
        "{L} leert snel Nederlands, zingt in het koor en heeft steun aan een klasgenoot.",
        "Taalklas, maatje op school en een gesprek met een tolk.",
    ),
    (
        "{L} heeft moeite met veranderingen en loopt vast in de grote klas. Ouders zijn moe. Is er hulp thuis mogelijk?",
        "{L} weet alles van treinen en vogels. Met een vaste plek en een duidelijk rooster gaat het goed.",
        "Prikkelarme plek, dagrooster, begeleider passend onderwijs.",
    ),
    (
        "Na het overlijden van vader gaat het niet goed met {L}. Moeder vraagt steun voor het hele gezin.",
        "Moeder en {L} praten veel samen. De buren koken twee keer per week.",
        "Rouwgesprekken op school, aangepaste toetsweek.",
    ),
    (
        "{L} eet weinig en is afgevallen. Ouders maken zich zorgen en willen weten welke hulp er is.",
        "{L} vertrouwt de gymdocent en wil zelf graag dat het beter gaat.",
        "Gesprek met de jeugdarts, ouders twee keer gesproken.",
    ),
    (
        "{L} twijfelt of {hij} wil stoppen met de opleiding. Er is geen vaste slaapplek. Wie helpt om weer rust te krijgen?",
        "{L} werkt graag met {zijn} handen en heeft een leermeester die in {hem} gelooft.",
        "Loopbaangesprek, aangepaste stage, contact met het doorstroompunt.",
    ),
    (
        "Ouders hebben vaak ruzie waar {L} bij is. {L} durft niet goed naar huis. Wat kunnen wij samen doen?",
        "{L} vertelt zelf wat er speelt en heeft een zus die veilig is.",
        "Gesprekken met ouders apart, afspraken over een rustige plek na school.",
    ),
)
CONTACT_GEZIN = (
    "Moeder, 06 00 00 77 {:02d}. Bellen kan na vier uur.",
    "Vader, 06 00 00 78 {:02d}. Liefst eerst een bericht.",
    "Beide ouders, 023 000 79 {:02d}. 's Avonds bereikbaar.",
    "Oma, 06 00 00 76 {:02d}, met wie de leerling woont.",
)
CONTACT_JONGERE = "De student zelf, 06 00 00 75 {:02d}. Een bericht werkt het best."
VEILIGHEID = (
    "Uit de meldcode: signalen van lichamelijk geweld thuis. Overlegd met Veilig Thuis en de aandachtsfunctionaris van school.",
    "Uit de meldcode: vermoeden dat de leerling zichzelf iets aandoet. Overlegd met de jeugdarts; ouders zijn nog niet bereikt.",
)
VRAGEN = (
    ("Op welke dagen is de leerling de komende twee weken op school?", "Op maandag, woensdag en vrijdag, van negen tot één."),
    (
        "Is er al contact met leerplicht? En wie is daar de contactpersoon?",
        "Ja, er is één gesprek geweest. De naam geven we telefonisch door.",
    ),
    ("Welke afspraken zijn er met ouders gemaakt over het rooster?", "Drie halve dagen per week, met opbouw na de toetsweek."),
    ("Mogen wij ouders bellen op het nummer van school, of liever via de mentor?", "Bellen mag. Na vier uur lukt het best."),
    ("Is de toestemming ook besproken met de leerling zelf?", "Ja, de leerling was bij het gesprek en vindt het goed."),
)
CONTACT = (
    ("telefoon", "ouders", "Moeder gebeld. Zij herkent de zorgen en wil graag een afspraak."),
    ("huisbezoek", "beide", "Thuis geweest. Kennisgemaakt met het gezin, veel betrokkenheid, weinig slaap."),
    ("school", "beide", "Gesprek op school met ouders, leerling en mentor. Fijn open gesprek."),
    ("telefoon", "jongere", "De jongere zelf gesproken. Wil hulp, maar eerst zonder ouders erbij."),
    ("team", "ouders", "Ouders op kantoor. Uitleg gegeven over wat het team doet."),
    ("beeldbellen", "ouders", "Beeldbellen met vader, moeder sloot later aan."),
)
NIET_BEREIKT = (
    ("telefoon", "ouders", "Gebeld en de voicemail ingesproken. Nog geen reactie."),
    ("bericht", "ouders", "Een bericht gestuurd. Gelezen, geen antwoord."),
    ("huisbezoek", "ouders", "Aan de deur geweest. Niemand thuis, briefje in de bus."),
)
TERUGKOPPELING = {
    "starten": (
        (
            "We hebben ouders gesproken en een afspraak gemaakt.",
            "Volgende week spreken we ook de leerling.",
            "Graag één vaste contactpersoon op school.",
        ),
        (
            "Er is een eerste gesprek geweest. Het gezin wil graag hulp.",
            "We plannen een overleg met ouders, leerling en school.",
            "",
        ),
        (
            "We zijn op huisbezoek geweest.",
            "We bespreken dit in het team en bellen u daarna.",
            "Het verzuim van de laatste vier weken.",
        ),
    ),
    "plan_vaststellen": (
        (
            "Het plan is samen met ouders en leerling gemaakt.",
            "De hulp begint over ongeveer twee weken.",
            "Eén doel gaat over school: drie dagen per week aanwezig.",
        ),
        ("Het overleg is geweest en er ligt een plan.", "We zoeken een passende hulpverlener.", ""),
    ),
    "uitvoeren": (
        ("De hulp is gestart.", "Na zes weken kijken we samen hoe het gaat.", ""),
        (
            "De begeleiding thuis is begonnen, één keer per week.",
            "We evalueren met school erbij.",
            "Laat het weten als het op school anders loopt.",
        ),
    ),
    "evalueren": (
        (
            "We hebben met gezin en school gekeken hoe het gaat. Het gaat beter.",
            "We stellen voor om af te sluiten.",
            "Graag uw reactie hierop.",
        ),
        ("De doelen zijn voor een deel gehaald.", "We willen nog even doorgaan.", "Graag uw reactie hierop."),
    ),
    "afsluiten": (
        ("De doelen zijn gehaald. Ouders en leerling zijn tevreden.", "Over drie maanden bellen we nog een keer.", ""),
        ("Het gezin kan zelf verder.", "Bij nieuwe zorgen kunt u de casus heropenen.", ""),
    ),
}
TERUGLEGGEN = (
    (
        "niet_bereikbaar",
        "We hebben ouders in twee weken vier keer gebeld en een brief gestuurd, zonder reactie.",
        "Bespreek op school met ouders wat hen tegenhoudt.",
        "Een gesprek op school waar wij bij aansluiten.",
    ),
    (
        "wil_geen_hulp",
        "Ouders willen op dit moment geen hulp van ons.",
        "Blijf in gesprek en meld opnieuw aan als dat verandert.",
        "De jeugdarts kan op school meekijken.",
    ),
    (
        "school_kan_zelf",
        "De vraag gaat vooral over school en past bij de begeleiding die daar al is.",
        "Zet de begeleiding op school voort.",
        "De begeleider passend onderwijs.",
    ),
    (
        "andere_hulp",
        "De vraag past beter bij de huisarts en de praktijkondersteuner jeugd.",
        "Verwijs ouders naar de huisarts.",
        "De praktijkondersteuner van de huisarts.",
    ),
    (
        "al_hulp",
        "Er is al een gezinscoach betrokken, die dit oppakt.",
        "Neem met toestemming contact op met deze gezinscoach.",
        "Afstemmen met de betrokken gezinscoach.",
    ),
    (
        "te_weinig_informatie",
        "Wij weten te weinig om te kunnen beginnen.",
        "Vul aan wat ouders zelf willen en meld opnieuw aan.",
        "Een telefonisch overleg zonder naam vooraf.",
    ),
)
TERUG_BUITEN_REGIO = (
    "buiten_regio",
    "De leerling woont buiten onze regio. Wij hebben daar geen wijkteam.",
    "Neem contact op met het toegangsloket van de woongemeente.",
    "Het toegangsloket van de woongemeente; het nummer staat bij de route.",
)
HERAANMELDEN = (
    "Ouders willen nu wel hulp: dat hebben we vorige week met hen besproken.",
    "We hebben aangevuld wat u nodig had en ouders verwachten uw telefoontje.",
    "Het verzuim is toegenomen en ouders vragen nu zelf om hulp.",
)
DOORZETTEN = (
    ("niet_ons_gebied", "Het adres ligt net buiten ons gebied. Het andere team neemt de casus over."),
    ("al_bekend", "Het gezin is al bekend bij het andere team. We hebben overlegd."),
    ("past_beter", "De vraag past beter bij de ervaring van het andere team. Ouders weten ervan."),
    ("verhuisd", "Het gezin is verhuisd. Het nieuwe team is gebeld."),
)
INTREKKEN = (
    ("niet_meer_nodig", "ouders", "Ouders laten weten dat het beter gaat."),
    ("andere_weg", "ouders", "Het gezin heeft zelf hulp gevonden."),
    ("toestemming_ingetrokken", "ouders", "Ouders willen niet meer dat we informatie delen."),
    ("verhuisd", "beide", "Het gezin verhuist naar een andere regio."),
)
TOEWIJZEN = (
    "Gebeld met de gemeente: dit adres hoort bij dit team.",
    "Nieuw adres, nog niet in de tabel. De straat ligt in het gebied van dit team.",
    "Het team heeft geen vast aanspreekpunt; de teamleider weet ervan.",
    "Overlegd met beide teams: dit team begeleidt het gezin al.",
)
KEUZE = ("Ouders zeggen dat zij aan deze kant van de straat wonen.", "De leeftijd en de vraag passen bij dit team.")
HEROPENEN = ("De zorgen zijn terug: opnieuw verzuim na de vakantie.", "Ouders vragen opnieuw om hulp na een moeilijke periode.")
REACTIE = ("We herkennen dit en zijn het eens met afsluiten.",)
VOORNAAMWOORDEN = (("hij", "hem", "zijn"), ("zij", "haar", "haar"), ("hij", "hem", "zijn"), ("zij", "haar", "haar"))


def story(index: int, woord: str, voornaamwoord: int) -> tuple[str, str, str]:
    """Hulpvraag, krachten and what was tried; `woord` is 'leerling' or 'student'."""
    hij, hem, zijn = VOORNAAMWOORDEN[voornaamwoord % len(VOORNAAMWOORDEN)]
    hulpvraag, krachten, geprobeerd = VERHALEN[index % len(VERHALEN)]
    words = {"L": f"Deze {woord}", "hij": hij, "hem": hem, "zijn": zijn}
    return _sentences(hulpvraag.format(**words)), _sentences(krachten.format(**words)), geprobeerd


def _sentences(text: str) -> str:
    """'Deze leerling' begins with a small letter inside a sentence."""
    out: list[str] = []
    for n, part in enumerate(text.split("Deze ")):
        if n:
            start = not out[-1] or out[-1].rstrip().endswith((".", "?", "!")) or not out[-1].strip()
            out.append("Deze " if start else "deze ")
        out.append(part)
    return "".join(out)
