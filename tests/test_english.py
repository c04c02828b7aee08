"""The language of a page, told by its script and its function words."""

from __future__ import annotations

import pytest

from summarize.reading.english import is_english
from summarize.settings import Settings

OTHERS = {
    "spanish": "El secretario de Estado, Antony Blinken, canceló el martes la reunión que tenía prevista con su homólogo ruso, "
    "después de que Rusia reconociera las regiones separatistas. Blinken dijo que no tiene sentido seguir adelante con esa "
    "reunión en este momento, ahora que la invasión está comenzando.",
    "german": "Der Außenminister hat das Treffen mit seinem russischen Kollegen am Dienstag abgesagt, nachdem Russland die "
    "Gebiete anerkannt hatte. Es ergebe keinen Sinn, an dem Treffen festzuhalten, sagte er vor der Presse in der Stadt, und "
    "er habe sich mit den Verbündeten und Partnern darüber beraten.",
    "french": "Le secrétaire d'État a annulé mardi la rencontre qui était prévue avec son homologue russe après la "
    "reconnaissance par la Russie des régions séparatistes. Il a dit que cela n'avait pas de sens de maintenir la rencontre "
    "dans ces conditions, et que les alliés avaient été consultés avant la décision.",
    "russian": "Госсекретарь отменил встречу со своим российским коллегой после признания сепаратистских регионов. "
    * 4,
    "japanese": "国務長官は、ロシアが分離派の地域を承認したことを受け、今週予定されていたロシア外相との会談を取りやめた。"
    * 12,
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_told(name):
    assert not is_english(OTHERS[name], Settings())


def test_english_is_english_whatever_names_are_in_it():
    text = (
        "Mayor Rodolfo Catigbay of Santa Rosalia was found guilty by the Sandiganbayan on Friday of two counts of graft for "
        "taking 48 million pesos in kickbacks from Seabright, which built a seawall in Barangay San Isidro de los Reyes that "
        "fell into the sea. The court said that he had met the builder at the Casa de la Playa."
    )
    assert is_english(text, Settings())


@pytest.mark.parametrize("text", ["", "12 34 56", "El fin.", "Ferry hits pier"])
def test_too_little_text_is_given_the_benefit_of_doubt(text):
    assert is_english(text, Settings())
