from gebieden.models.editie import Buurt, Editie, EditieStatus, RegisterRegel, Wijk
from gebieden.models.gemeente import Gemeente
from gebieden.models.regio import Regio
from gebieden.models.vlak import Gebiedsvlak, SoortVlak

__all__ = ["Buurt", "Editie", "EditieStatus", "Gebiedsvlak", "Gemeente", "Regio", "RegisterRegel", "SoortVlak", "Wijk"]
