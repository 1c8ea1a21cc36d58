"""Several reports of one event: suggested by the machine, merged by an officer, taken apart again within seven days."""
