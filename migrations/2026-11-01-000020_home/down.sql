DROP TABLE checklist_facts;
