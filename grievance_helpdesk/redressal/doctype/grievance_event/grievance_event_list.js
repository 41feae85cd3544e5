{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}

grievance_helpdesk.escape_fields("Grievance Event");
