"""Words by which a name is told from another word. Common knowledge of Dutch; no list of pupils or people was used."""

#: Before a name: 'mevrouw X', 'oma Truus', 'zijn broertje Sem', 'mentor Kees'.
AANSPREKINGEN = frozenset(
    """mevrouw mevr mw meneer mijnheer dhr heer juf juffrouw meester meneertje oma opa tante oom moeder vader mama papa mam pap
    zus zusje broer broertje zoon zoontje dochter dochtertje stiefvader stiefmoeder stiefbroer stiefzus pleegvader pleegmoeder
    pleegouder bonusmoeder bonusvader vriend vriendin vriendje vriendinnetje neef neefje nicht nichtje buurman buurvrouw buurjongen
    buurmeisje familie fam gezin leerling leerlinge student studente jongen meisje kind klasgenoot klasgenootje docent docente mentor
    mentrix leraar lerares dokter dr huisarts heet genaamd genoemd naam achternaam voornaam ex""".split()
)

#: After which a full stop ends no sentence.
AFKORTINGEN = frozenset("mevr mw dhr dr fam drs mr ds".split())
TUSSENVOEGSELS = frozenset("van de der den het 't ter ten te el al ben bin von da dos di du la le op in ’t d'".split())

#: Capitals that are no person: languages, peoples, feasts, organisations of the field, school and law.
GEEN_NAAM = frozenset(
    """nederlands nederlandse nederland engels engelse engeland frans franse frankrijk duits duitse duitsland spaans spaanse spanje turks
    turkse turkije marokkaans marokkaanse marokko arabisch arabische berbers pools poolse polen oekraïens oekraïense oekraïne syrisch
    syrische syrië eritrea eritrese surinaams surinaamse suriname antilliaans antilliaanse somalisch somalische somalië chinees
    chinese china iraans iran irak afghaans afghanistan russisch russische roemeens bulgaars europa europees europese belgië belgisch
    haarlem haarlems amsterdam rotterdam utrecht heemstede bloemendaal zandvoort velsen beverwijk heemskerk ijmuiden santpoort
    schalkwijk spaarnwoude kennemerland zuid-kennemerland ijmond haarlemmermeer hoofddorp hillegom leiden alkmaar zaandam purmerend
    den haag noord-holland zuid-holland gelderland brabant limburg friesland groningen
    kerst kerstmis pasen pinksteren sinterklaas koningsdag ramadan suikerfeest offerfeest hemelvaart bevrijdingsdag
    januari februari maart april mei juni juli augustus september oktober november december
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    veilig thuis jeugdwet jeugdzorg jeugdhulp jeugdbescherming jeugdgezondheidszorg jeugdreclassering wijkteam leerplicht leerplichtambtenaar
    centrum gezin stichting gemeente samenwerkingsverband passend onderwijs inspectie raad kinderbescherming halt doorstroompunt
    politie rechtbank reclassering kindertelefoon buurtteam jongerenloket jongerenwerk maatschappelijk werk opvoedpoli
    magister somtoday teams whatsapp snapchat instagram tiktok facebook youtube discord fortnite roblox playstation xbox google word excel
    citroen cito iq cognitief engelstalig islam islamitisch islamitische christelijk christelijke katholiek katholieke joods joodse
    moslim hindoe bijbel koran god allah parkinson asperger tourette ritalin concerta
    wiskunde biologie scheikunde natuurkunde aardrijkskunde geschiedenis economie gym ckv wajong wmo jeugd ouders school""".split()
)
#: What follows is an organisation or a place: 'Stichting Horizon', 'wijk Parkwijk', 'in Haarlem-Noord'.
VOOR_PLAATS = frozenset(
    """in uit te nabij stichting wijkteam team school college lyceum gemeente wijk buurt stad dorp regio provincie land praktijk
    centrum kliniek ziekenhuis locatie vestiging app programma methode training cursus organisatie vereniging club project""".split()
)
GEEN_NAAM_EINDE = (
    "school", "college", "lyceum", "team", "loket", "wet", "wijk", "zorg", "hulp", "centrum", "instituut", "kliniek", "straat", "plein",
    "raad", "bureau", "punt", "werk", "verband", "arts", "dienst", "ambtenaar", "land", "ië", "vakantie", "plan", "kunde",
)  # fmt: skip

#: What a Dutch sentence begins with and is no name, beside nouns of the field.
BEGINNERS = frozenset(
    """de het een er dit dat deze die daar hier hij zij ze wij we ik u jij je jullie men iemand niemand iedereen alles niets iets wie wat
    waar wanneer waarom hoe welke welk kunnen kan kunt mag moet moeten zou zouden wil willen is zijn was waren heeft hebben had hadden
    doet doen gaat gaan komt komen weet weten ziet zien zit zitten helpt ook als toen dan nu nog al want maar omdat doordat terwijl sinds
    na naast voor voordat vóór door met zonder tegen tijdens bij op in uit over onder boven tussen van vanaf vanuit tot naar om rond
    volgens behalve ondanks dankzij wegens vanwege gisteren vandaag morgen gisteravond vanochtend vanmorgen vorige volgende afgelopen
    komende elke elk ieder iedere alle allebei beide sommige veel weinig meer meest minder enkele verschillende andere ander eerst
    daarna daarom daardoor daarbij daarnaast daarvoor hierdoor hierover hiervoor verder bovendien echter toch wel niet geen nooit altijd
    soms vaak meestal regelmatig zelden steeds telkens eigenlijk misschien waarschijnlijk mogelijk blijkbaar kennelijk helaas gelukkig
    graag alvast alleen samen zelf zowel hun hem haar ons onze uw mijn zijn wanneer hoewel mits tenzij zodra zolang inmiddels
    ondertussen intussen momenteel recent onlangs laatst laatste eerste tweede derde begin eind sindsdien vroeger later straks binnenkort
    ouders ouder moeder vader broer zus zusje broertje oma opa oom tante stiefvader stiefmoeder pleegouders gezin familie leerling leerlingen
    student studenten kind kinderen jongen jongens meisje meisjes jongere jongeren klas klasgenoten groep groepen school scholen thuis
    mentor mentoren docent docenten leraar leraren zorgcoördinator teamleider directeur directie intern begeleider jeugdarts huisarts
    leerplicht jeugdarts schoolarts psycholoog orthopedagoog hulpverlener hulpverlening wijkteam jeugdhulp jeugdzorg politie
    verzuim ziekte ziekmelding melding absentie thuiszitten contact gesprek gesprekken overleg vraag vragen advies antwoord hulp steun
    zorgen zorg onrust ruzie spanning spanningen stress angst angsten somberheid boosheid gedrag pesten agressie geweld schulden armoede
    scheiding verlies rouw slaap eten drank drugs gamen geld werk stage thuissituatie situatie probleem problemen reden doel plan
    cijfers resultaten concentratie motivatie taal huiswerk toetsen lessen rooster pauze wiskunde gym
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag weekend vakantie kerst zomer winter herfst voorjaar
    januari februari maart april mei juni juli augustus september oktober november december
    ja nee beste hallo dag hoi geachte bedankt dank groet groeten alvast mvg met vriendelijke hartelijk hoop kort samengevat extra
    mevrouw meneer juf meester buurman buurvrouw iemand anders één twee drie vier vijf zes volg bel mail stuur vertel praat""".split()
)
GEEN_NAAM_BEGIN_EINDE = ("ing", "heid", "tie", "schap", "isme", "teit", "school", "gesprek", "hulp", "zorg", "team", "werk", "lijk", "ige")

#: What a person does: after the first word of a sentence it says that that word is somebody.
DOET_IEMAND = frozenset(
    """is was heeft had komt kwam gaat ging wil wilde kan kon mag moet moest zegt zei vertelt vertelde woont woonde zit zat voelt voelde lijkt
    durft slaapt sliep eet at huilt huilde praat praatte wordt werd blijft bleef doet deed maakt maakte spijbelt verzuimt loopt liep ligt
    lag krijgt kreeg vindt vond denkt dacht weet wist ziet zag heet geeft gaf belt belde meldt meldde vraagt vroeg gebruikt blowt drinkt
    gamet speelt leeft groeit zorgt trekt trok slaat sloeg schreeuwt vecht vluchtte weigert reageert functioneert scoort leert en""".split()
)

#: First names that are often given in the Netherlands and are no Dutch word: recognised everywhere, also without a capital.
VOORNAMEN = frozenset(
    """aaliyah abdel abdullah achmed adam adil aicha aisha ahmed ali aliyah amina amir amira amy anass anke annika anouk anna anne annelies
    anton arda arjen astrid aya ayoub ayse aylin ayşe bart bas beatrix bilal bjorn bo bob boris bram britt carla carlijn carmen casper cees
    chantal charlotte chris christiaan claudia colin cor daan damian daniël daniel danique david deniz dennis denise derk dewi dirk dylan
    eefje elif elin elise ella ellen elke emma emir emre erik ernst esmee esther eva evi evy fadi farid fatih fatima fatma femke fenna
    finn fleur floor floris frank fred frederik gerard gerrit gijs guus hakan hamza hanna hannah hans hasan hassan hendrik henk hidde hugo
    ibrahim iduna ilias ilse imane imran ingrid iris isa isabel ismail jaap jacob jade jamal jan janneke jantje jasmijn jasper jayden
    jelle jenny jens jeroen jesse jessica joep johan johannes john jolanda joost joris jordy joshua julia julian jurre kaan karel karim
    karin kasper kees kelly kevin khadija khalid kim klaas koen lara lars laura lauren leila lena leroy levi lieke lies lieke lina linda
    lisa lisanne liselot lotte lotus lucas luca luuk luna maaike maarten malik marco marieke marije marijke marijn marit marja marjan martijn
    mats maud max mees mehmet melissa menno mia michael michelle mike mila milan milou mo mohamed mohammed mohamad monique mustafa myrthe
    naomi nadia najib nick niek niels nienke nina noah noor noud nora nour olivia omar oscar pascal patrick paul pepijn peter piet pieter
    pim puck quinten rachid ralph raoul rayan rein remco rene renske ria rick rik rob robin roel romy ronald ruben rutger ruud
    ryan saar salma sam samira samir sander sandra sanne sara sarah saskia sebastiaan sem senna sharon silvia simone sjoerd sofia sofie
    soufiane stefan stijn suzan suzanne sven sylvia tamara tara tarik tessa theo thijs thijmen thomas tijn tijmen tim timo tobias tom tomas
    tristan truus valerie vera vincent wesley willem wim wouter xavi yara yasmin yasmina yassin yassine youssef yusuf yvonne zakaria zara zeynep zoë zoe""".split()
) | {"jan-willem", "anne-marie"}  # fmt: skip
#: Of those the ones that are words as well when written small.
OOK_WOORD = frozenset("bo bob bas bart elke floor fleur cor jade kaan luna max mo mees noor norm rein rob sam puck lies lotus tom ella senna mia tara".split())
