"""Files of the shapes that others publish; every row is invented."""

from __future__ import annotations

from pathlib import Path

SIPRI_ABOVE = """\
Transfers of major conventional arms from All countries to All countries
Deals with deliveries made for the year range 2011 to 2023
"A '?' in a column indicates uncertain data."
"The 'Number delivered' and the 'Year(s) of deliveries' refer only to deliveries in the selected year(s)."
An empty field for 'Number ordered' indicates that data is not yet available.
Values are in millions.

Figures may not add up to stated totals due to the conventions of rounding.
Source: an invented register
Data generated: 10 Mar 2032 09:10:31
"""

SIPRI_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)

#: Thirty rows, as the register has them: hedges in columns without a name, a row over two lines, two rows alike.
SIPRI_ROWS = """\
Corvia,Veldania,2011,,12,,Heron-2,patrol boat,12,,2012; 2013,New,,1,12,12
Corvia,Veldania,2012,?,36,?,Bastion,APC,30,?,2013; 2014; 2016,Second hand,"Modernised, before delivery",1,36,30
Corvia,Veldania,2013,,4,,Kite-M,UAV,4,,2014,New,For the coast guard,1,4,4
Corvia,Veldania,2014,,(20),,Longbow,towed gun,,,,New,Delivery expected
from 2025,1,20,
Corvia,Veldania,2015,?,,,Watcher,air search radar,2,?,2017,New,Number ordered not known,1,,2
Corvia,Veldania,2015,,6,,Heron-2,patrol boat,6,,2016; 2017,New,Second batch,1,6,6
Corvia,Sylvania,2016,,100,?,Dart,anti-tank missile,100,?,2017,New,,1,100,100
Corvia,Sylvania,2016,,24,,Mule,transport helicopter,18,,2018; 2019,New,Option on 6 more,1,24,18
Corvia,Sylvania,2017,,2,,Pelican,transport aircraft,2,,2018,Second hand,,1,2,2
Corvia,Sylvania,2017,,2,,Pelican,transport aircraft,1,,2020,Second hand,Other deal,1,2,1
Borduria,Veldania,2011,,8,,Bastion,APC,8,,2011,New,,1,8,8
Borduria,Veldania,2012,,50,?,Dart,anti-tank missile,50,?,2012; 2013,New,,1,50,50
Borduria,Veldania,2013,?,3,,Watcher,air search radar,3,,2014,New,,1,3,3
Borduria,Veldania,2014,,16,,Longbow,towed gun,16,,2015,Second hand,Aid,1,16,16
Borduria,Veldania,2015,,1,,Heron-2,patrol boat,1,,2016,New,,1,1,1
Borduria,Veldania,2018,,10,?,Kite-M,UAV,10,?,2019,New,,1,10,10
Borduria,Sylvania,2018,,5,,Mule,transport helicopter,5,,2019; 2020; 2021,New,,1,5,5
Borduria,Sylvania,2019,,4,,Pelican,transport aircraft,0,,,New,No delivery yet,1,4,
Borduria,Sylvania,2019,,60,,Bastion,APC,44,?,2020-2022,Second hand,,1,60,44
Borduria,Sylvania,2020,?,7,?,Watcher,air search radar,,,,New,,1,7,
Sylvania,Veldania,2011,,9,,Heron-2,patrol boat,9,,2013,New,,1,9,9
Sylvania,Veldania,2012,,40,,Bastion,APC,40,,2012; 2014,New,,1,40,40
Sylvania,Veldania,2013,,200,?,Dart,anti-tank missile,200,?,2014; 2015,New,,1,200,200
Sylvania,Veldania,2016,,12,,Longbow,towed gun,12,,2017,New,,1,12,12
Sylvania,Veldania,2019,,3,,Mule,transport helicopter,3,,2021,New,Ciudad de Fútbol programme,1,3,3
Sylvania,Borduria,2020,,1,,Pelican,transport aircraft,1,,2021,Second hand,,1,1,1
Veldania,Sylvania,2018,,15,,Kite-M,UAV,15,,2020,New,,1,15,15
Veldania,Sylvania,2019,?,6,?,Watcher,air search radar,4,?,2021; 2022,New,,1,6,4
Veldania,Borduria,2021,,30,,Bastion,APC,30,,2022,New,,1,30,30
Veldania,Borduria,2022,,1000,?,Dart,anti-tank missile,600,?,2022; 2023,New,,1,1000,600
"""


def sipri_file(folder: Path, *, rows: str = SIPRI_ROWS, released: str = "10 Mar 2032") -> Path:
    """Write a trade register as its site does: Latin-1, eleven lines above the header."""
    above = SIPRI_ABOVE.replace("10 Mar 2032", released)
    path = folder / "register.csv"
    path.write_bytes(f"{above}\n{SIPRI_HEADER}\n{rows}".encode("latin-1"))
    return path


GED_COLUMNS = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,"
    "gwnoa,gwnob"
)


def ged_row(**cells: str) -> str:
    """Write a row of the 49 columns; what is not given is what an event has that says little."""
    usual = {
        "id": "1", "type_of_violence": "1", "dyad_name": "Corvia - Quay Front", "side_a": "Corvia",
        "side_b": "Quay Front", "where_prec": "1", "where_coordinates": "North Quay", "latitude": "-31.4",
        "longitude": "-121.2", "country": "Corvia", "date_start": "2031-10-05 00:00:00.000",
        "date_end": "2031-10-05 00:00:00.000", "deaths_a": "1", "deaths_b": "2", "deaths_civilians": "0",
        "deaths_unknown": "0", "best": "3", "high": "3", "low": "3",
    }  # fmt: skip
    return ",".join((usual | cells).get(name, "") for name in GED_COLUMNS.split(","))


def ged_file(folder: Path, *rows: str, header: str = GED_COLUMNS, tags: bool = False) -> Path:
    """Write a release of the event dataset: with a header, without one, or with a row of hashtags below it."""
    hashtags = [",".join(["#id+event", *["#meta"] * 48])] if tags else []
    path = folder / "GEDEvent.csv"
    path.write_text("\n".join([*([header] if header else []), *hashtags, *rows]) + "\n", encoding="utf-8")
    return path


ACLED_COLUMNS = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)


def acled_row(**cells: str) -> str:
    """Write a row of the 31 columns."""
    usual = {
        "event_id_cnty": "COR1", "event_date": "2031-10-05", "event_type": "Protests",
        "sub_event_type": "Peaceful protest", "actor1": "Protesters (Corvia)", "country": "Corvia",
        "location": "North Quay", "latitude": "-31.4", "longitude": "-121.2", "source": "Quay Post",
        "notes": "Some fifty people stood at the quay.", "fatalities": "0", "timestamp": "1949356800",
    }  # fmt: skip
    return ",".join((usual | cells).get(name, "") for name in ACLED_COLUMNS.split(","))


def acled_file(folder: Path, *rows: str) -> Path:
    """Write an export as its tool does, with a mark at its beginning."""
    path = folder / "acled.csv"
    path.write_text("\n".join([ACLED_COLUMNS, *rows]) + "\n", encoding="utf-8-sig")
    return path


def workbook(path: Path, rows: list[list[object]], *, sheet: str = "Sheet1") -> Path:
    """Write a workbook of two sheets, of which the second holds rows."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Read me"
    made = book.create_sheet(sheet)
    for row in rows:
        made.append(row)
    if sheet == "Sheet1":
        book.remove(book["Read me"])
    book.save(path)
    return path


AID_COLUMNS = [
    "sub_activity_id", "donor", "announcement_date", "month", "aid_type_general", "aid_type_specific", "measure",
    "explanation", "source_reported_value", "reporting_currency", "tot_sub_activity_value_EUR",
]  # fmt: skip


def aid_file(folder: Path, *rows: list[object]) -> Path:
    """Write a workbook of aid, with a sheet before the one that counts."""
    return workbook(
        folder / "Tracker_Release_2031-12-01.xlsx", [AID_COLUMNS, *rows], sheet="Bilateral Assistance, MAIN DATA"
    )


TROOPS = [
    ["Number of Military and Civilian Personnel by Duty Location"],
    ["As of September 30, 2031"],
    [None],
    ["", "ACTIVE DUTY", None, None, None, None, "RESERVE", None],
    ["LOCATION", "ARMY", "NAVY", "MARINE CORPS", "AIR FORCE", "TOTAL", "ARMY", "TOTAL"],
    ["OVERSEAS", None, None, None, None, None, None, None],
    ["CORVIA", 1200, 30, "-", 4, 1234, 5, 5],
    ["SYLVANIA", 8, "-", "-", "-", 8, "-", "-"],
    ["OVERSEAS TOTAL", 1208, 30, 0, 4, 1242, 5, 5],
    ["GRAND TOTAL", 1208, 30, 0, 4, 1242, 5, 5],
    ["Notes: counts are of those permanently assigned", None, None, None, None, None, None, None],
]
