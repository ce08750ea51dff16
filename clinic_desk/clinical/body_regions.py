"""The regions of the body chart, the kinds of complaint that are marked on it, and their words.

Ids are for ever: marks are stored under them and conditions name them. A region without sides
lies on the midline. `words` go into a sentence after the complaint.
"""

from collections.abc import Mapping
from dataclasses import dataclass

VIEWS = ("front", "back", "left", "right")

TYPES: Mapping[str, str] = {
    "pain": "pain",
    "pins_and_needles": "pins and needles",
    "numbness": "numbness",
    "cramp": "cramp",
    "stiffness": "stiffness",
}


@dataclass(frozen=True, slots=True)
class Region:
    id: str
    label: str  # "Thigh, back, upper third"
    words: str  # "at the back of the {side} thigh (upper third)"
    sided: bool = True


def _thirds(face: str, label: str, words: str) -> tuple[Region, ...]:
    thirds = {"upper": "upper third", "mid": "middle third", "lower": "lower third"}
    return tuple(
        Region(f"thigh_{face}_{part}", f"Thigh, {label}, {name}", f"{words} ({name})")
        for part, name in thirds.items()
    )


_ALL = (
    Region("face", "Face and forehead", "on the {side} side of the face"),
    Region("head_side", "Side of the head", "at the {side} side of the head"),
    Region("head_back", "Back of the head", "at the back of the head on the {side}"),
    Region("neck_front", "Neck, front", "at the front of the neck on the {side}"),
    Region("neck_side", "Neck, side", "at the {side} side of the neck"),
    Region("neck_back", "Neck, back", "at the back of the neck on the {side}"),
    Region("breastbone", "Breastbone", "over the breastbone", sided=False),
    Region("chest", "Chest", "in the {side} chest"),
    Region("ribs_side", "Ribs, side", "over the {side} ribs"),
    Region("abdomen_upper", "Belly, upper", "in the {side} upper belly"),
    Region("abdomen_lower", "Belly, lower", "in the {side} lower belly"),
    Region("flank", "Flank", "in the {side} flank"),
    Region("spine_upper", "Spine, chest part", "over the spine between the shoulder blades", False),
    Region("upper_back", "Upper back", "in the {side} upper back"),
    Region("spine_low", "Spine, low back", "over the spine of the low back", sided=False),
    Region("low_back", "Low back", "in the {side} low back"),
    Region("sacroiliac", "Sacroiliac joint", "over the {side} sacroiliac joint"),
    Region("tailbone", "Sacrum and tailbone", "over the sacrum and tailbone", sided=False),
    Region("shoulder_front", "Shoulder, front", "at the front of the {side} shoulder"),
    Region("shoulder_outer", "Shoulder, outer side", "at the outer side of the {side} shoulder"),
    Region("shoulder_back", "Shoulder, back", "at the back of the {side} shoulder"),
    Region("upper_arm_front", "Upper arm, front", "at the front of the {side} upper arm"),
    Region("upper_arm_outer", "Upper arm, outer side", "at the outer side of the {side} upper arm"),
    Region("upper_arm_back", "Upper arm, back", "at the back of the {side} upper arm"),
    Region("elbow_front", "Elbow, front", "at the front of the {side} elbow"),
    Region("elbow_outer", "Elbow, outer side", "at the outer side of the {side} elbow"),
    Region("elbow_back", "Elbow, back", "at the back of the {side} elbow"),
    Region("forearm_front", "Forearm, palm side", "at the palm side of the {side} forearm"),
    Region("forearm_outer", "Forearm, outer side", "at the outer side of the {side} forearm"),
    Region("forearm_back", "Forearm, back", "at the back of the {side} forearm"),
    Region("wrist_front", "Wrist, palm side", "at the palm side of the {side} wrist"),
    Region("wrist_back", "Wrist, back", "at the back of the {side} wrist"),
    Region("palm", "Palm and thumb", "in the {side} palm"),
    Region("hand_back", "Back of the hand", "at the back of the {side} hand"),
    Region("fingers", "Fingers", "in the fingers of the {side} hand"),
    Region("pubic", "Pubic area", "over the pubic area", sided=False),
    Region("groin", "Groin", "in the {side} groin"),
    Region("hip_outer", "Hip, outer side", "at the outer side of the {side} hip"),
    Region("buttock", "Buttock", "in the {side} buttock"),
    Region("sitting_bone", "Sitting bone", "at the {side} sitting bone"),
    *_thirds("front", "front", "at the front of the {side} thigh"),
    *_thirds("back", "back", "at the back of the {side} thigh"),
    *_thirds("inner", "inner side", "at the inner side of the {side} thigh"),
    *_thirds("outer", "outer side", "at the outer side of the {side} thigh"),
    Region("knee_front", "Knee, front", "at the front of the {side} knee"),
    Region("knee_back", "Knee, back", "behind the {side} knee"),
    Region("knee_inner", "Knee, inner side", "at the inner side of the {side} knee"),
    Region("knee_outer", "Knee, outer side", "at the outer side of the {side} knee"),
    Region("shin", "Shin", "at the {side} shin"),
    Region("calf_back", "Calf, back", "in the {side} calf"),
    Region("calf_inner", "Calf, inner side", "at the inner side of the {side} calf"),
    Region("calf_outer", "Calf, outer side", "at the outer side of the {side} calf"),
    Region("achilles", "Achilles tendon", "at the {side} Achilles tendon"),
    Region("ankle_front", "Ankle, front", "at the front of the {side} ankle"),
    Region("ankle_inner", "Ankle, inner side", "at the inner side of the {side} ankle"),
    Region("ankle_outer", "Ankle, outer side", "at the outer side of the {side} ankle"),
    Region("heel", "Heel", "at the {side} heel"),
    Region("foot_top", "Top of the foot", "on the top of the {side} foot"),
    Region("foot_sole", "Sole of the foot", "at the sole of the {side} foot"),
    Region("toes", "Toes", "in the toes of the {side} foot"),
)

REGIONS: Mapping[str, Region] = {one.id: one for one in _ALL}

ENGLISH: Mapping[str, str] = {
    **{f"region.{one.id}": one.label for one in _ALL},
    **{f"complaint.{name}": words for name, words in TYPES.items()},
}
"""The shared texts by text id; a protocol's own tables may translate them."""
