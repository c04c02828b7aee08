"""Cuts: a sentence that left out what it cannot do without is told from a shorter one that says the same."""

import pytest
from writing_examples import faults

JUDGE = "On Tuesday, District Judge Marian Oakes sided with the Federal Trade Commission and granted an injunction."
VALVE = "Bright Meadow Foods blamed a valve that did not close the way it should."
TALKS = "Talks with Bramwell Capital broke down on Tuesday evening."
CHAIN = "The chain founded by the television chef Rory Tallentire fell into administration."
FEARED = "Two passengers were feared drowned before they were found in bed."
HACKERS = "The hackers came in through Trellisoft, an Irish company that sends out the bank's texts and letters."
NORWAY = "Prime Minister Sigrid Aune would not accept a sentence demanding that mining be put on hold until 2035."
VOTES = "The bill was carried by 76 votes to 74 shortly before midnight on Thursday, the speaker announced."
DEFECT = "A defect was noticed in one of its windows some four hours before it was to undock."
RACE = "The short cut gained him 300 metres, race director Fiona Calderwood said."
CELLAR = "The cellar, in his account, holds battery packs in about 310,000 cars."
ATTACK = "The attack began on platform 4 at 5.42 p.m. as trains for the suburbs were filling."
BELLS = "By the time the bells of Vale de Ervas struck eleven on Sunday, the accordions had fallen silent."
FINAL = "Coelho lost 4-6, 6-3, 6-7 to an opponent placed 37 rungs below her in the ranking."
PHOTO = "Four people were killed when explosions ripped through the market on Friday."
ROUND = "The ship lost its steering as it entered the harbour on Monday."
SIDE = "Kiptarus and Reay had been side by side at 30 kilometres in 1:32:05."
STRIPPED = (
    "Kiptarus has protested his innocence after race officials in Brennick, Scotland, erased his name from the top."
)
DACRE = "Treasury committee chairman Sir Colm Dacre stormed: 'Thirteen days is too long to leave people in the dark.'"
NATIONS = (
    "On Tuesday, the Western nations imposed new sanctions on Russia after Russian President Vladimir Putin recognised the "
    "breakaway regions on Monday and ordered Russian troops into eastern Ukraine."
)
FEE = "If the companies walk away from each other, PolarChain owes Frostline a $310 million breakup fee."
SETS = "Coelho lost 4-6, 6-3, 6-7 (5-7) to an opponent placed 37 rungs below her in the ranking."
APPOINTED = "The appointment came after talks with investment firm Bramwell Capital broke down on Tuesday evening."
HOLD = "The agency placed a full hold on SOLACE-2 today, which ends dosing of the drug in every arm of the study."
RECORD = "It would smash the club record for a sale, the £31m banked for Dean Okafor four summers ago."
ADDONS = "The deal could rise by a further £6 million in add-ons linked to appearances."
DRIVEN = "Six villages were flooded and about 14,000 people have been driven from their homes, the authority said."
NOTE = "Umbrellas up at 4-4 in the third, covers on."
PARAGUAY = "Paraguay, which summoned the Uruguayan ambassador on Monday, has not recalled its own, a spokesman said."
TRIBUNAL = "The Sports Tribunal did not accept the 29-year-old's claim that the drug had come from a supplement."
VOTE = "The vote by the seven commissioners was four to three, two people who were in the room said."
PAIR = "In the doubles, the Czechs Hana Dvorska and Petra Lisa won 6-3 6-2."
HEARING = "A hearing about the barges is set for Friday before a court in Colonia."
BUSSED = "Some 8,000 people have fled or been bussed out of four villages on the Zharkandi bank."
HOSPITALS = (
    "Nurses work with pens at all six hospitals of the Fundy Health Network, which was hit by an attack on Monday."
)
ROCKET = "The rocket left the pad at 8:12 p.m. and released the satellite 54 minutes later, the company said."


@pytest.mark.parametrize(
    ("text", "source", "why"),
    [
        ("District Judge Marian Oakes sided.", JUDGE, "'sided' without 'commission'"),
        ("Bright Meadow Foods blamed a valve that did not close the way.", VALVE, "'way' without 'should'"),
        ("Bramwell Capital broke down on Tuesday evening.", TALKS, "nowhere nsubj of"),
        ("The chain founded by the television chef Rory Tallentire.", CHAIN, "participle"),
        ("Two passengers were feared drowned.", FEARED, "without 'found'"),
        ("The hackers came in through the bank's texts and letters.", HACKERS, "nowhere obl of"),
        (
            "The hackers came in through Trellisoft, an Irish company that sends out the bank.",
            HACKERS,
            "without what it has",
        ),
        ("PolarChain owes Frostline a $310 million breakup fee.", FEE, "'owes' without 'walk'"),
        ("Coelho lost 4-6, 6-7 to an opponent placed 37 rungs below her.", SETS, "without '3'"),
        ("Bramwell Capital broke down on Tuesday evening.", APPOINTED, "stands behind 'with'"),
        ("SOLACE 2 ends dosing of the drug.", HOLD, "is open"),
        ("The £31m banked for Dean Okafor four summers ago.", RECORD, "participle"),
        ("The deal could rise by a further £6 million in add.", ADDONS, "half a word"),
        ("About 14,000 people have been driven.", DRIVEN, "'driven' without 'homes'"),
        ("The Western nations ordered Russian troops into eastern Ukraine.", NATIONS, "may be what 'vladimir' did"),
        (
            "Treasury committee chairman Sir Colm Dacre is too long to leave people in the dark.",
            DACRE,
            "nowhere nsubj of",
        ),
        ("Prime Minister Sigrid Aune would not accept a sentence demanding.", NORWAY, "'demanding' without"),
        ("The bill was carried by 76 votes to 74 shortly.", VOTES, "'shortly' is left over"),
        ("A defect was noticed in one of its windows some four hours.", DEFECT, "'hours' is left over"),
        ("By the time the bells of Vale de Ervas struck eleven on Sunday.", BELLS, "to say which"),
        ("Kiptarus and Reay had been side at 30 kilometres in 1:32:05.", SIDE, "'side' without 'by'"),
        (
            "Kiptarus has protested his innocence after race officials in Brennick, Scotland.",
            STRIPPED,
            "without 'erased'",
        ),
        (NOTE, NOTE, "no verb"),
        ("The cellar, holds battery packs in about 310,000 cars.", CELLAR, "a comma parts"),
        ("The attack began on platform 4 at 5.42.", ATTACK, "'5.42' without 'p.m.'"),
        ("By the bells of Vale de Ervas struck eleven on Sunday.", BELLS, "'by' leads to 'bells'"),
        ("Coelho lost 4-6, 6-7 to an opponent placed 37 rungs below her in the ranking.", FINAL, "'6' without '6'"),
        ("Four people were killed.", PHOTO, "'killed' without 'ripped'"),
        ("It entered the harbour on Monday.", ROUND, "a condition or a circumstance"),
        ("The short cut, race director Fiona Calderwood said.", RACE, "what is said has no verb"),
        ("The Sports Tribunal did not accept the 29-year-old.", TRIBUNAL, "without what it has"),
        ("The vote by the seven commissioners was four to three two people.", VOTE, "'three' runs into 'two'"),
        ("The vote was four to three, two people who were in the room.", VOTE, "'room' is left over"),
        ("Petra Lisa won 6-3 6-2.", PAIR, "one of several"),
        ("A court in Colonia is set for Friday.", HEARING, "court is nowhere nsubj:pass of set"),
        ("Some 8,000 people or been bussed out of four villages.", BUSSED, "'or' joins nothing"),
        (
            "All six hospitals of the Fundy Health Network was hit by an attack on Monday.",
            HOSPITALS,
            "do not agree",
        ),
    ],
)
def test_what_was_cut_too_short_is_named(text, source, why):
    assert why in " ".join(faults(text, source))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (JUDGE, JUDGE),
        ("District Judge Marian Oakes granted an injunction.", JUDGE),
        ("Paraguay summoned the Uruguayan ambassador on Monday.", PARAGUAY),
        ("Paraguay has not recalled its own, a spokesman said.", PARAGUAY),
        ("The rocket released the satellite 54 minutes later.", ROCKET),
        ("The bill was carried by 76 votes to 74.", VOTES),
        ("The chain fell into administration.", CHAIN),
    ],
)
def test_what_says_the_same_in_fewer_words_stands(text, source):
    assert faults(text, source) == ()
