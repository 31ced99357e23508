from gebieden.models.editie import Buurt, Editie, EditieStatus, RegisterRegel, Wijk
from gebieden.models.gemeente import Gemeente
from gebieden.models.regio import Regio

__all__ = ["Buurt", "Editie", "EditieStatus", "Gemeente", "Regio", "RegisterRegel", "Wijk"]
