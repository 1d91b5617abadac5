<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Scroll</source>
        <translation>Défilement</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>Fenêtrage</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Déplacement</translation>
    </message>
    <message>
        <source>Fit to the viewport</source>
        <translation>Ajuster à la vue</translation>
    </message>
    <message>
        <source>One image pixel per screen pixel</source>
        <translation>Un pixel d&apos;image par pixel d&apos;écran</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Rotate left by 90 degrees</source>
        <translation>Tourner à gauche de 90 degrés</translation>
    </message>
    <message>
        <source>Rotate right by 90 degrees</source>
        <translation>Tourner à droite de 90 degrés</translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation>Retourner gauche-droite</translation>
    </message>
    <message>
        <source>Invert greys</source>
        <translation>Inverser les gris</translation>
    </message>
    <message>
        <source>Reset the view, keep the slice</source>
        <translation>Rétablir la vue sans changer de coupe</translation>
    </message>
    <message>
        <source>Next window of the image</source>
        <translation>Fenêtre suivante de l&apos;image</translation>
    </message>
    <message>
        <source>Window over the whole value range</source>
        <translation>Fenêtre sur toute la gamme de valeurs</translation>
    </message>
    <message>
        <source>Overlays of the image</source>
        <translation>Surimpressions de l&apos;image</translation>
    </message>
    <message>
        <source>Corner text: full, minimal, none</source>
        <translation>Textes des coins : complets, réduits, aucun</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>Image suivante</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>Image précédente</translation>
    </message>
    <message>
        <source>First image</source>
        <translation>Première image</translation>
    </message>
    <message>
        <source>Last image</source>
        <translation>Dernière image</translation>
    </message>
    <message>
        <source>Next series</source>
        <translation>Série suivante</translation>
    </message>
    <message>
        <source>Previous series</source>
        <translation>Série précédente</translation>
    </message>
    <message>
        <source>This viewport alone, or all</source>
        <translation>Cette vue seule, ou toutes</translation>
    </message>
    <message>
        <source>Try failed images again</source>
        <translation>Réessayer les images en échec</translation>
    </message>
    <message>
        <source>The image&apos;s own window</source>
        <translation>Fenêtre propre de l&apos;image</translation>
    </message>
    <message>
        <source>Window preset 1</source>
        <translation>Fenêtre prédéfinie 1</translation>
    </message>
    <message>
        <source>Window preset 2</source>
        <translation>Fenêtre prédéfinie 2</translation>
    </message>
    <message>
        <source>Window preset 3</source>
        <translation>Fenêtre prédéfinie 3</translation>
    </message>
    <message>
        <source>Window preset 4</source>
        <translation>Fenêtre prédéfinie 4</translation>
    </message>
    <message>
        <source>Window preset 5</source>
        <translation>Fenêtre prédéfinie 5</translation>
    </message>
    <message>
        <source>Window preset 6</source>
        <translation>Fenêtre prédéfinie 6</translation>
    </message>
    <message>
        <source>Window preset 7</source>
        <translation>Fenêtre prédéfinie 7</translation>
    </message>
    <message>
        <source>Window preset 8</source>
        <translation>Fenêtre prédéfinie 8</translation>
    </message>
    <message>
        <source>Window preset 9</source>
        <translation>Fenêtre prédéfinie 9</translation>
    </message>
    <message>
        <source>One viewport</source>
        <translation>Une vue</translation>
    </message>
    <message>
        <source>Two viewports side by side</source>
        <translation>Deux vues côte à côte</translation>
    </message>
    <message>
        <source>Three viewports side by side</source>
        <translation>Trois vues côte à côte</translation>
    </message>
    <message>
        <source>Two rows of two viewports</source>
        <translation>Deux rangées de deux vues</translation>
    </message>
    <message>
        <source>Two viewports, one above the other</source>
        <translation>Deux vues l&apos;une sur l&apos;autre</translation>
    </message>
    <message>
        <source>Two rows of three viewports</source>
        <translation>Deux rangées de trois vues</translation>
    </message>
    <message>
        <source>Three viewports, one above the other</source>
        <translation>Trois vues superposées</translation>
    </message>
    <message>
        <source>Three rows of two viewports</source>
        <translation>Trois rangées de deux vues</translation>
    </message>
    <message>
        <source>Three rows of three viewports</source>
        <translation>Trois rangées de trois vues</translation>
    </message>
    <message>
        <source>Study list</source>
        <translation>Liste des examens</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Toolbar and series strip</source>
        <translation>Barre d&apos;outils et bande des séries</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>tooltip: action (key)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Window over a region</source>
        <translation>Fenêtrage sur une région</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Loupe</translation>
    </message>
    <message>
        <source>True size, in millimetres of the patient</source>
        <translation>Taille réelle, en millimètres du patient</translation>
    </message>
    <message>
        <source>Shutters of the image</source>
        <translation>Volets de l&apos;image</translation>
    </message>
    <message>
        <source>Next way to enlarge pixels</source>
        <translation>Interpolation suivante</translation>
    </message>
    <message>
        <source>Pixels as squares</source>
        <translation>Pixels carrés (sans interpolation)</translation>
    </message>
    <message>
        <source>Smooth (bilinear)</source>
        <translation>Lissée (bilinéaire)</translation>
    </message>
    <message>
        <source>Smooth and sharp (bicubic)</source>
        <translation>Lissée et nette (bicubique)</translation>
    </message>
    <message>
        <source>Cine: play or stop</source>
        <translation>Ciné : lancer ou arrêter</translation>
    </message>
    <message>
        <source>Cine of all viewports in step</source>
        <translation>Ciné synchrone de toutes les vues</translation>
    </message>
    <message>
        <source>Cine slower</source>
        <translation>Ciné plus lent</translation>
    </message>
    <message>
        <source>Cine faster</source>
        <translation>Ciné plus rapide</translation>
    </message>
    <message>
        <source>Cine to and fro</source>
        <translation>Ciné en aller-retour</translation>
    </message>
    <message>
        <source>Spread the series over the viewports</source>
        <translation>Étaler la série sur les vues</translation>
    </message>
    <message>
        <source>Next page of images</source>
        <translation>Page d&apos;images suivante</translation>
    </message>
    <message>
        <source>Previous page of images</source>
        <translation>Page d&apos;images précédente</translation>
    </message>
    <message>
        <source>Four rows of four viewports</source>
        <translation>Quatre rangées de quatre vues</translation>
    </message>
    <message>
        <source>Window from zero upwards</source>
        <translation>Fenêtre à partir de zéro</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Hot iron</source>
        <translation>Fer chaud</translation>
    </message>
    <message>
        <source>PET colours</source>
        <translation>Couleurs TEP</translation>
    </message>
    <message>
        <source>Hot metal blue</source>
        <translation>Métal chaud bleu</translation>
    </message>
    <message>
        <source>PET colours in 20 steps</source>
        <translation>Couleurs TEP en 20 paliers</translation>
    </message>
    <message>
        <source>Spring</source>
        <translation>Printemps</translation>
    </message>
    <message>
        <source>Summer</source>
        <translation>Été</translation>
    </message>
    <message>
        <source>Fall</source>
        <translation>Automne</translation>
    </message>
    <message>
        <source>Winter</source>
        <translation>Hiver</translation>
    </message>
    <message>
        <source>Next colour table</source>
        <translation>Table de couleurs suivante</translation>
    </message>
    <message>
        <source>Same place, next phase, echo or b-value</source>
        <translation>Même niveau, phase, écho ou valeur b suivants</translation>
    </message>
    <message>
        <source>Same place, previous phase, echo or b-value</source>
        <translation>Même niveau, phase, écho ou valeur b précédents</translation>
    </message>
    <message>
        <source>Subtract the mask</source>
        <translation>Soustraire le masque</translation>
    </message>
    <message>
        <source>Take this image as the mask</source>
        <translation>Prendre cette image comme masque</translation>
    </message>
    <message>
        <source>Move the mask up</source>
        <translation>Déplacer le masque vers le haut</translation>
    </message>
    <message>
        <source>Move the mask down</source>
        <translation>Déplacer le masque vers le bas</translation>
    </message>
    <message>
        <source>Move the mask left</source>
        <translation>Déplacer le masque vers la gauche</translation>
    </message>
    <message>
        <source>Move the mask right</source>
        <translation>Déplacer le masque vers la droite</translation>
    </message>
    <message>
        <source>3D cursor</source>
        <translation>Curseur 3D</translation>
    </message>
    <message>
        <source>Link viewports by position</source>
        <translation>Lier les vues par la position</translation>
    </message>
    <message>
        <source>Link viewports by offset: what is shown now is the same place</source>
        <translation>Lier les vues par décalage : ce qui est affiché maintenant est le même endroit</translation>
    </message>
    <message>
        <source>Unlink viewports</source>
        <translation>Délier les vues</translation>
    </message>
    <message>
        <source>Link the window too</source>
        <translation>Lier aussi le fenêtrage</translation>
    </message>
    <message>
        <source>Reference lines</source>
        <translation>Lignes de référence</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Trouver une commande</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Close the studies opened beside</source>
        <translation>Fermer les examens ouverts à côté</translation>
    </message>
    <message>
        <source>New reading window on the next screen</source>
        <translation>Nouvelle fenêtre de lecture sur l&apos;écran suivant</translation>
    </message>
    <message>
        <source>Move this window to the next screen</source>
        <translation>Passer cette fenêtre sur l&apos;écran suivant</translation>
    </message>
    <message>
        <source>Copy the view with the patient&apos;s identity</source>
        <translation>Copier la vue avec l&apos;identité du patient</translation>
    </message>
    <message>
        <source>Copy all viewports with the patient&apos;s identity</source>
        <translation>Copier toutes les vues avec l&apos;identité du patient</translation>
    </message>
    <message>
        <source>Save the view as a picture…</source>
        <translation>Enregistrer la vue comme image…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimer…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Move the mask by dragging</source>
        <translation>Déplacer le masque à la souris</translation>
    </message>
    <message>
        <source>Open the study</source>
        <translation>Ouvrir l’examen</translation>
    </message>
    <message>
        <source>Open the study beside what is on screen</source>
        <translation>Ouvrir l’examen à côté de ce qui est à l’écran</translation>
    </message>
    <message>
        <source>Open the study in a new window</source>
        <translation>Ouvrir l’examen dans une nouvelle fenêtre</translation>
    </message>
    <message>
        <source>Keep the study: never remove it to make room</source>
        <translation>Conserver l’examen : ne jamais le retirer pour faire de la place</translation>
    </message>
    <message>
        <source>Do not keep the study</source>
        <translation>Ne plus conserver l’examen</translation>
    </message>
    <message>
        <source>Delete the study</source>
        <translation>Supprimer l’examen</translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation>Rétablir la dernière suppression</translation>
    </message>
    <message>
        <source>Export the study…</source>
        <translation>Exporter l’examen…</translation>
    </message>
    <message>
        <source>Files kept aside…</source>
        <translation>Fichiers mis de côté…</translation>
    </message>
    <message>
        <source>Refused files of the last import…</source>
        <translation>Fichiers refusés de la dernière importation…</translation>
    </message>
    <message>
        <source>Copy patient ID</source>
        <translation>Copier l’identifiant du patient</translation>
    </message>
    <message>
        <source>Copy accession number</source>
        <translation>Copier le numéro de demande</translation>
    </message>
    <message>
        <source>Copy Study Instance UID</source>
        <translation>Copier le Study Instance UID</translation>
    </message>
    <message>
        <source>Search the studies</source>
        <translation>Rechercher des examens</translation>
    </message>
    <message>
        <source>Fetch the study from its archive without opening it</source>
        <translation>Rapatrier l&apos;examen de son archive sans l&apos;ouvrir</translation>
    </message>
    <message>
        <source>Send to an archive…</source>
        <translation>Envoyer vers une archive…</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Chercher de nouveau</translation>
    </message>
    <message>
        <source>Save the search as a worklist…</source>
        <translation>Enregistrer la recherche comme liste de travail…</translation>
    </message>
    <message>
        <source>Transfers: what comes from archives</source>
        <translation>Transferts : ce qui arrive des archives</translation>
    </message>
    <message>
        <source>Open the most relevant earlier exam beside</source>
        <translation>Ouvrir à côté l&apos;examen antérieur le plus pertinent</translation>
    </message>
    <message>
        <source>MPR: three planes of the series, or back</source>
        <translation>MPR : trois plans de la série, ou retour</translation>
    </message>
    <message>
        <source>MPR: planes straight and thin again</source>
        <translation>MPR : plans de nouveau droits et fins</translation>
    </message>
    <message>
        <source>MPR: thicker slab</source>
        <translation>MPR : coupe plus épaisse</translation>
    </message>
    <message>
        <source>MPR: thinner slab</source>
        <translation>MPR : coupe moins épaisse</translation>
    </message>
    <message>
        <source>Slab: highest values (MIP)</source>
        <translation>Coupe épaisse : valeurs maximales (MIP)</translation>
    </message>
    <message>
        <source>Slab: lowest values (MinIP)</source>
        <translation>Coupe épaisse : valeurs minimales (MinIP)</translation>
    </message>
    <message>
        <source>Slab: mean values</source>
        <translation>Coupe épaisse : valeurs moyennes</translation>
    </message>
    <message>
        <source>MPR: scroll from voxel to voxel</source>
        <translation>MPR : défiler de voxel en voxel</translation>
    </message>
    <message>
        <source>MPR: scroll by 1 mm</source>
        <translation>MPR : défiler de 1 mm</translation>
    </message>
    <message>
        <source>MPR: scroll by 2 mm</source>
        <translation>MPR : défiler de 2 mm</translation>
    </message>
    <message>
        <source>MPR: scroll by 5 mm</source>
        <translation>MPR : défiler de 5 mm</translation>
    </message>
    <message>
        <source>MPR: scroll by 10 mm</source>
        <translation>MPR : défiler de 10 mm</translation>
    </message>
    <message>
        <source>3D: the series as a body beside its planes, or back</source>
        <translation>3D : la série en volume à côté de ses plans, ou retour</translation>
    </message>
    <message>
        <source>3D: from the front</source>
        <translation>3D : vue de face</translation>
    </message>
    <message>
        <source>3D: from the back</source>
        <translation>3D : vue de dos</translation>
    </message>
    <message>
        <source>3D: from the left</source>
        <translation>3D : vue de gauche</translation>
    </message>
    <message>
        <source>3D: from the right</source>
        <translation>3D : vue de droite</translation>
    </message>
    <message>
        <source>3D: from the head</source>
        <translation>3D : vue depuis la tête</translation>
    </message>
    <message>
        <source>3D: from the feet</source>
        <translation>3D : vue depuis les pieds</translation>
    </message>
    <message>
        <source>3D: cut parts away, or all of it again</source>
        <translation>3D : couper des parties, ou tout le volume à nouveau</translation>
    </message>
    <message>
        <source>3D: as at first</source>
        <translation>3D : comme au début</translation>
    </message>
</context>
<context>
    <name>Archives</name>
    <message>
        <source>%1 refused the request; ask its administrator.</source>
        <translation>%1 a refusé la demande ; adressez-vous à son administrateur.</translation>
    </message>
    <message>
        <source>%1 refused the request with status %2; ask its administrator.</source>
        <translation>%1 a refusé la demande avec le statut %2 ; adressez-vous à son administrateur.</translation>
    </message>
    <message>
        <source>The host of %1 is not known; check its name and the network.</source>
        <translation>L&apos;hôte de %1 est inconnu ; vérifiez son nom et le réseau.</translation>
    </message>
    <message>
        <source>%1 cannot be reached: nobody answers at its host and port; check both, and that it runs.</source>
        <translation>%1 est injoignable : rien ne répond à cet hôte et à ce port ; vérifiez-les, et que l&apos;archive fonctionne.</translation>
    </message>
    <message>
        <source>%1 did not answer the connection in time; check its host, the network and the VPN.</source>
        <translation>%1 n&apos;a pas répondu à la connexion dans le délai ; vérifiez l&apos;hôte, le réseau et le VPN.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost; try again, what has arrived is kept.</source>
        <translation>La connexion à %1 a été perdue ; recommencez, ce qui est arrivé est conservé.</translation>
    </message>
    <message>
        <source>No secure connection to %1: it offers no TLS 1.2 or 1.3 with strong ciphers at this port.</source>
        <translation>Pas de connexion sécurisée à %1 : ce port n&apos;offre ni TLS 1.2 ni TLS 1.3 avec un chiffrement fort.</translation>
    </message>
    <message>
        <source>The certificate of %1 comes from an authority that is not trusted here; check the authority in its settings.</source>
        <translation>Le certificat de %1 provient d&apos;une autorité qui n&apos;est pas reconnue ici ; vérifiez l&apos;autorité dans ses paramètres.</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired; its administrator must renew it.</source>
        <translation>Le certificat de %1 a expiré ; son administrateur doit le renouveler.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet; check the clock of this computer.</source>
        <translation>Le certificat de %1 n&apos;est pas encore valable ; vérifiez l&apos;horloge de cet ordinateur.</translation>
    </message>
    <message>
        <source>The certificate of %1 belongs to another host; check the host in its settings, and tell its administrator.</source>
        <translation>Le certificat de %1 appartient à un autre hôte ; vérifiez l&apos;hôte dans ses paramètres et prévenez son administrateur.</translation>
    </message>
    <message>
        <source>The certificate of %1 has been revoked; do not connect, and tell its administrator.</source>
        <translation>Le certificat de %1 a été révoqué ; ne vous connectez pas et prévenez son administrateur.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not the one that was agreed on; do not connect before its administrator has confirmed the change.</source>
        <translation>Le certificat de %1 n&apos;est pas celui qui a été convenu ; ne vous connectez pas avant que son administrateur ait confirmé le changement.</translation>
    </message>
    <message>
        <source>The certificate of %1 is too weak or not made for a server; its administrator must replace it.</source>
        <translation>Le certificat de %1 est trop faible ou n&apos;est pas fait pour un serveur ; son administrateur doit le remplacer.</translation>
    </message>
    <message>
        <source>%1 does not accept the certificate of this workstation, or wants one; check it in the settings of the archive.</source>
        <translation>%1 n&apos;accepte pas le certificat de cette station, ou en exige un ; vérifiez-le dans les paramètres de l&apos;archive.</translation>
    </message>
    <message>
        <source>%1 is neither set to TLS nor allowed in clear text; nothing was sent.</source>
        <translation>Ni TLS ni l&apos;échange en clair ne sont réglés pour %1 ; rien n&apos;a été envoyé.</translation>
    </message>
    <message>
        <source>%1 accepted the connection but did not negotiate in time; check its port and TLS.</source>
        <translation>%1 a accepté la connexion mais n&apos;a pas négocié dans le délai ; vérifiez le port et TLS.</translation>
    </message>
    <message>
        <source>%1 refused the association; ask its administrator whether this workstation may connect.</source>
        <translation>%1 a refusé l&apos;association ; demandez à son administrateur si cette station a le droit de se connecter.</translation>
    </message>
    <message>
        <source>%1 does not know the AE title of this workstation; its administrator must add it.</source>
        <translation>%1 ne connaît pas le titre AE de cette station ; son administrateur doit l&apos;ajouter.</translation>
    </message>
    <message>
        <source>%1 has another AE title than the one in its settings; correct it there.</source>
        <translation>Le titre AE de %1 n&apos;est pas celui de ses paramètres ; corrigez-le à cet endroit.</translation>
    </message>
    <message>
        <source>%1 does not offer this service or does not take this kind of object.</source>
        <translation>%1 n&apos;offre pas ce service ou n&apos;accepte pas ce type d&apos;objet.</translation>
    </message>
    <message>
        <source>%1 stopped answering; try again later.</source>
        <translation>%1 ne répond plus ; réessayez plus tard.</translation>
    </message>
    <message>
        <source>%1 answered in a way that is not DICOM; check its port.</source>
        <translation>La réponse de %1 n&apos;est pas du DICOM ; vérifiez le port.</translation>
    </message>
    <message>
        <source>%1 is busy or out of resources; try again later.</source>
        <translation>%1 est occupé ou à court de ressources ; réessayez plus tard.</translation>
    </message>
    <message>
        <source>%1 does not know where to send to: its administrator must add the AE title, host and port of this workstation.</source>
        <translation>%1 ne sait pas où envoyer : son administrateur doit ajouter le titre AE, l&apos;hôte et le port de cette station.</translation>
    </message>
</context>
<context>
    <name>Corners</name>
    <message>
        <source>The objects of this study disagree on the patient.</source>
        <translation>Les objets de cet examen ne s&apos;accordent pas sur le patient.</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>Image %1/%2</source>
        <translation>Image %1/%2</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) of this series without an image.</source>
        <translation>
            <numerusform>%n objet de cette série est sans image.</numerusform>
            <numerusform>%n objets de cette série sont sans image.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pos. %1 mm</source>
        <translation>Pos. %1 mm</translation>
    </message>
    <message>
        <source>Th. %1 mm</source>
        <translation>Ép. %1 mm</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>Zoom %1 %</translation>
    </message>
    <message>
        <source>The file of this image is cut short.</source>
        <translation>Le fichier de cette image est tronqué.</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>inversé</translation>
    </message>
    <message>
        <source>grey curve of the image</source>
        <translation>courbe de gris de l&apos;image</translation>
    </message>
    <message>
        <source>Cine is loading: %1/%2</source>
        <translation>Ciné en chargement : %1/%2</translation>
    </message>
    <message>
        <source>Cine at %1 of %2 images/s</source>
        <translation>Ciné à %1 sur %2 images/s</translation>
    </message>
    <message>
        <source>Zoom %1 %, true size</source>
        <translation>Zoom %1 %, taille réelle</translation>
    </message>
    <message>
        <source>linked by offset</source>
        <comment>viewport</comment>
        <translation>liée par décalage</translation>
    </message>
    <message>
        <source>linked</source>
        <comment>viewport</comment>
        <translation>liée</translation>
    </message>
    <message>
        <source>The position of the active viewport is outside this series.</source>
        <translation>La position de la vue active est en dehors de cette série.</translation>
    </message>
    <message>
        <source>Object %1, frame %2</source>
        <translation>Objet %1, image %2</translation>
    </message>
    <message>
        <source>Object %1</source>
        <translation>Objet %1</translation>
    </message>
    <message>
        <source>(pixel %1)</source>
        <comment>size of one pixel, a length</comment>
        <translation>(pixel %1)</translation>
    </message>
    <message>
        <source>Acc. %1</source>
        <translation>N° %1</translation>
    </message>
    <message>
        <source>Patient&apos;s name</source>
        <translation>Nom du patient</translation>
    </message>
    <message>
        <source>Sex, age, date of birth</source>
        <translation>Sexe, âge, date de naissance</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>Identifiant du patient</translation>
    </message>
    <message>
        <source>Study description</source>
        <translation>Description de l’examen</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>Date de l’examen</translation>
    </message>
    <message>
        <source>Accession number</source>
        <translation>Numéro de demande</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Établissement</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Série</translation>
    </message>
    <message>
        <source>Side and view</source>
        <translation>Côté et incidence</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>Région anatomique</translation>
    </message>
    <message>
        <source>Technique</source>
        <translation>Technique</translation>
    </message>
    <message>
        <source>Time of acquisition</source>
        <translation>Heure d’acquisition</translation>
    </message>
    <message>
        <source>Warnings: geometry, cine</source>
        <translation>Alertes : géométrie, ciné</translation>
    </message>
    <message>
        <source>Phase, echo, b-value</source>
        <translation>Phase, écho, valeur b</translation>
    </message>
    <message>
        <source>Image n of m</source>
        <translation>Image n sur m</translation>
    </message>
    <message>
        <source>Number of the object</source>
        <translation>Numéro de l’objet</translation>
    </message>
    <message>
        <source>Position and thickness</source>
        <translation>Position et épaisseur</translation>
    </message>
    <message>
        <source>Matrix and size of a pixel</source>
        <translation>Matrice et taille du pixel</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Link with other viewports</source>
        <translation>Lien avec d’autres vues</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Compression</translation>
    </message>
    <message>
        <source>Lossy, cut short</source>
        <translation>Avec perte, tronqué</translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>Complétude</translation>
    </message>
    <message>
        <source>Subtraction, colours, inversion</source>
        <translation>Soustraction, couleurs, inversion</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtrage</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>The image is coded in a way that this version cannot show; open it with another viewer.</source>
        <translation>Cette version ne sait pas afficher le codage de cette image ; ouvrez-la avec un autre logiciel.</translation>
    </message>
    <message>
        <source>The image is coded as %1, which this version cannot show; open it with another viewer.</source>
        <translation>L&apos;image est codée en %1, que cette version ne sait pas afficher ; ouvrez-la avec un autre logiciel.</translation>
    </message>
    <message>
        <source>It is no longer there; refresh the list or import it again.</source>
        <translation>Cet élément n&apos;existe plus ; actualisez la liste ou importez-le à nouveau.</translation>
    </message>
    <message>
        <source>The file cannot be read; check that the medium is there and that you may read it.</source>
        <translation>Le fichier ne peut pas être lu ; vérifiez que le support est présent et que vous avez le droit de le lire.</translation>
    </message>
    <message>
        <source>The local cache cannot be written; check the rights of its folder.</source>
        <translation>Impossible d&apos;écrire dans le cache local ; vérifiez les droits de son dossier.</translation>
    </message>
    <message>
        <source>The disk is full; free some space and import again.</source>
        <translation>Le disque est plein ; libérez de la place et importez à nouveau.</translation>
    </message>
    <message>
        <source>This is not a DICOM file.</source>
        <translation>Ce n&apos;est pas un fichier DICOM.</translation>
    </message>
    <message>
        <source>The file ends too early: a part of it is missing; fetch it again from its source.</source>
        <translation>Le fichier s&apos;arrête trop tôt : il en manque une partie ; récupérez-le à nouveau à la source.</translation>
    </message>
    <message>
        <source>The file does not keep to the DICOM standard and cannot be understood.</source>
        <translation>Le fichier ne respecte pas la norme DICOM et ne peut pas être compris.</translation>
    </message>
    <message>
        <source>The file asks for more than the safety limits allow and was not opened.</source>
        <translation>Le fichier dépasse les limites de sécurité et n&apos;a pas été ouvert.</translation>
    </message>
    <message>
        <source>The file does not say which study, series or object it is, so it cannot be filed.</source>
        <translation>Le fichier ne dit pas de quel examen, série ou objet il s&apos;agit ; il ne peut donc pas être classé.</translation>
    </message>
    <message>
        <source>The file has changed since it was imported and is not shown; import it again from its source.</source>
        <translation>Le fichier a changé depuis son importation et n&apos;est pas affiché ; importez-le à nouveau depuis la source.</translation>
    </message>
    <message>
        <source>The index of the local cache is damaged; restart the program to rebuild it from the files.</source>
        <translation>L&apos;index du cache local est endommagé ; redémarrez le programme pour le reconstruire à partir des fichiers.</translation>
    </message>
    <message>
        <source>The pixels are stored in a form that this version cannot show; open it with another viewer.</source>
        <translation>Cette version ne sait pas afficher la forme sous laquelle les pixels sont enregistrés ; ouvrez l&apos;image avec un autre logiciel.</translation>
    </message>
    <message>
        <source>This object has no image to show.</source>
        <translation>Cet objet ne contient pas d&apos;image à afficher.</translation>
    </message>
    <message>
        <source>The image is damaged and cannot be decoded; fetch it again from its source.</source>
        <translation>L&apos;image est endommagée et ne peut pas être décodée ; récupérez-la à nouveau à la source.</translation>
    </message>
    <message>
        <source>The decoder failed on this image and was restarted; the other images are not affected.</source>
        <translation>Le décodeur a échoué sur cette image et a été relancé ; les autres images ne sont pas touchées.</translation>
    </message>
    <message>
        <source>Decoding this image took too long and was stopped.</source>
        <translation>Le décodage de cette image a pris trop de temps et a été arrêté.</translation>
    </message>
    <message>
        <source>No decoder could be started; restart the program.</source>
        <translation>Aucun décodeur n&apos;a pu être lancé ; redémarrez le programme.</translation>
    </message>
    <message>
        <source>The decoder failed on this image twice; it is set aside and not tried again.</source>
        <translation>Le décodeur a échoué deux fois sur cette image ; elle est mise à l&apos;écart et ne sera plus essayée.</translation>
    </message>
    <message>
        <source>The decoder&apos;s protection could not be set up on this system, so no file is opened.</source>
        <translation>La protection du décodeur n&apos;a pas pu être mise en place sur ce système ; aucun fichier n&apos;est donc ouvert.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program; please report it with the log.</source>
        <translation>Une erreur s&apos;est produite dans le programme ; merci de la signaler avec le journal.</translation>
    </message>
    <message>
        <source>This request cannot be carried out as it was asked.</source>
        <translation>Cette demande ne peut pas être exécutée telle quelle.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>L&apos;opération a été annulée.</translation>
    </message>
    <message>
        <source>It is in use at the moment; close it elsewhere or try again later.</source>
        <translation>Cet élément est en cours d&apos;utilisation ; fermez-le ailleurs ou réessayez plus tard.</translation>
    </message>
    <message>
        <source>The file has no %1, so it cannot be filed.</source>
        <translation>Le fichier n&apos;a pas de %1 : il ne peut pas être classé.</translation>
    </message>
    <message>
        <source>An identifier of the file is not valid, so it cannot be filed.</source>
        <translation>Un identifiant du fichier n&apos;est pas valide : le fichier ne peut pas être classé.</translation>
    </message>
    <message>
        <source>The %1 of the file is longer than %2 characters, which is not valid; the file cannot be filed.</source>
        <translation>Le %1 du fichier dépasse %2 caractères, ce qui n&apos;est pas valide : le fichier ne peut pas être classé.</translation>
    </message>
    <message>
        <source>The %1 of the file is not made of digits and dots as it must be; the file cannot be filed.</source>
        <translation>Le %1 du fichier n&apos;est pas fait de chiffres et de points comme il le doit : le fichier ne peut pas être classé.</translation>
    </message>
    <message>
        <source>It contradicts what is known here and is not shown.</source>
        <translation>Cet élément contredit ce qui est connu ici et n&apos;est pas affiché.</translation>
    </message>
    <message>
        <source>It is another version of an image that is here: the one that came first is shown, this one is kept aside.</source>
        <translation>C&apos;est une autre version d&apos;une image déjà présente : la première arrivée est affichée, celle-ci est mise de côté.</translation>
    </message>
    <message>
        <source>Its patient is not the one of its study: it is kept aside and not shown.</source>
        <translation>Son patient n&apos;est pas celui de son examen : l&apos;élément est mis de côté et n&apos;est pas affiché.</translation>
    </message>
    <message>
        <source>Its series or image belongs to another study here: it is kept aside and not shown.</source>
        <translation>Sa série ou son image appartient ici à un autre examen : l&apos;élément est mis de côté et n&apos;est pas affiché.</translation>
    </message>
    <message>
        <source>This is a video coded as %1, which this version cannot play yet; open it with another viewer.</source>
        <translation>C&apos;est une vidéo codée en %1, que cette version ne peut pas encore lire ; l&apos;ouvrir avec un autre visualiseur.</translation>
    </message>
    <message>
        <source>The pixels of this image may show a name; it does not leave as de-identified.</source>
        <translation>Les pixels de cette image peuvent montrer un nom : elle ne sort pas comme désidentifiée.</translation>
    </message>
    <message>
        <source>the archive</source>
        <translation>l&apos;archive</translation>
    </message>
    <message>
        <source>Volumes cannot be drawn in 3D on this computer: OpenGL 3.2 is missing. Everything else works.</source>
        <translation>Les volumes ne peuvent pas être représentés en 3D sur cet ordinateur : OpenGL 3.2 manque. Tout le reste fonctionne.</translation>
    </message>
</context>
<context>
    <name>Hands</name>
    <message>
        <source>%1 drag</source>
        <comment>gesture: button</comment>
        <translation>glissé %1</translation>
    </message>
    <message>
        <source>%1 double click</source>
        <comment>gesture: button</comment>
        <translation>double clic %1</translation>
    </message>
    <message>
        <source>%1 click</source>
        <comment>gesture: button</comment>
        <translation>clic %1</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Glissé</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Clic</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Double clic</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Molette</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Milieu</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droit</translation>
    </message>
    <message>
        <source>Back button</source>
        <translation>Bouton précédent</translation>
    </message>
    <message>
        <source>Forward button</source>
        <translation>Bouton suivant</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>The tool in hand</source>
        <translation>L&apos;outil en main</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Scroll through the images</source>
        <translation>Faire défiler les images</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Zoomer sous le pointeur</translation>
    </message>
    <message>
        <source>Next and previous series</source>
        <translation>Série suivante et précédente</translation>
    </message>
    <message>
        <source>Window width</source>
        <translation>Largeur de fenêtre</translation>
    </message>
    <message>
        <source>Window level</source>
        <translation>Niveau de fenêtre</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>Study list: %1</source>
        <comment>action</comment>
        <translation>Liste des examens : %1</translation>
    </message>
    <message>
        <source>Next and previous phase; of planes the thickness</source>
        <translation>Phase suivante et précédente ; pour les plans, l’épaisseur</translation>
    </message>
</context>
<context>
    <name>Modality</name>
    <message>
        <source>2D region</source>
        <translation>zone 2D</translation>
    </message>
    <message>
        <source>M-mode region</source>
        <translation>zone TM</translation>
    </message>
    <message>
        <source>Doppler region</source>
        <translation>zone Doppler</translation>
    </message>
    <message>
        <source>curve region</source>
        <translation>zone de courbe</translation>
    </message>
    <message>
        <source>other region</source>
        <translation>autre zone</translation>
    </message>
    <message>
        <source>%1 down</source>
        <translation>%1 vers le bas</translation>
    </message>
    <message>
        <source>%1 up</source>
        <translation>%1 vers le haut</translation>
    </message>
    <message>
        <source>%1 right</source>
        <translation>%1 vers la droite</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 vers la gauche</translation>
    </message>
    <message>
        <source>Phase %1</source>
        <comment>time, echo or kind of image: 3/20</comment>
        <translation>Phase %1</translation>
    </message>
    <message>
        <source>Not subtracted: there is no mask for this image.</source>
        <translation>Non soustraite : pas de masque pour cette image.</translation>
    </message>
    <message>
        <source>Subtracted, mask %1</source>
        <translation>Soustraite, masque %1</translation>
    </message>
    <message>
        <source>Subtracted, masks %1</source>
        <translation>Soustraite, masques %1</translation>
    </message>
    <message>
        <source>%1, moved %2</source>
        <comment>subtracted, mask 1; 2 up, 1 right</comment>
        <translation>%1, déplacé de %2</translation>
    </message>
    <message>
        <source>The image does not say its side and view.</source>
        <translation>L&apos;image n&apos;indique ni son côté ni son incidence.</translation>
    </message>
    <message>
        <source>The image does not say its side.</source>
        <translation>L&apos;image n&apos;indique pas son côté.</translation>
    </message>
    <message>
        <source>The image does not say its view.</source>
        <translation>L&apos;image n&apos;indique pas son incidence.</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Hot iron</source>
        <translation>Fer chaud</translation>
    </message>
    <message>
        <source>PET</source>
        <translation>TEP</translation>
    </message>
    <message>
        <source>Hot metal blue</source>
        <translation>Métal chaud bleu</translation>
    </message>
    <message>
        <source>PET, 20 steps</source>
        <translation>TEP, 20 paliers</translation>
    </message>
    <message>
        <source>Spring</source>
        <translation>Printemps</translation>
    </message>
    <message>
        <source>Summer</source>
        <translation>Été</translation>
    </message>
    <message>
        <source>Fall</source>
        <translation>Automne</translation>
    </message>
    <message>
        <source>Winter</source>
        <translation>Hiver</translation>
    </message>
    <message>
        <source>column %1, row %2</source>
        <translation>colonne %1, ligne %2</translation>
    </message>
    <message>
        <source>red %1, green %2, blue %3</source>
        <translation>rouge %1, vert %2, bleu %3</translation>
    </message>
    <message>
        <source>energy window %1</source>
        <comment>nuclear medicine: 1/2</comment>
        <translation>fenêtre d’énergie %1</translation>
    </message>
    <message>
        <source>detector %1</source>
        <comment>nuclear medicine: 1/2</comment>
        <translation>détecteur %1</translation>
    </message>
    <message>
        <source>phase %1</source>
        <comment>nuclear medicine: 1/2</comment>
        <translation>phase %1</translation>
    </message>
    <message>
        <source>rotation %1</source>
        <comment>nuclear medicine: 1/2</comment>
        <translation>rotation %1</translation>
    </message>
    <message>
        <source>R-R interval %1</source>
        <comment>nuclear medicine: 1/2</comment>
        <translation>intervalle R-R %1</translation>
    </message>
    <message>
        <source>time slot %1</source>
        <comment>nuclear medicine: 1/16</comment>
        <translation>intervalle de temps %1</translation>
    </message>
    <message>
        <source>view %1</source>
        <comment>nuclear medicine: angular view 1/60</comment>
        <translation>vue %1</translation>
    </message>
    <message>
        <source>time slice %1</source>
        <comment>nuclear medicine: 1/5</comment>
        <translation>tranche de temps %1</translation>
    </message>
</context>
<context>
    <name>PlaneWords</name>
    <message>
        <source>MPR oblique</source>
        <translation>MPR oblique</translation>
    </message>
    <message>
        <source>MPR axial</source>
        <translation>MPR axial</translation>
    </message>
    <message>
        <source>MPR coronal</source>
        <translation>MPR coronal</translation>
    </message>
    <message>
        <source>MPR sagittal</source>
        <translation>MPR sagittal</translation>
    </message>
    <message>
        <source>MIP</source>
        <comment>slab: maximum intensity projection</comment>
        <translation>MIP</translation>
    </message>
    <message>
        <source>MinIP</source>
        <comment>slab: minimum intensity projection</comment>
        <translation>MinIP</translation>
    </message>
    <message>
        <source>Mean</source>
        <comment>slab: mean of the values across it</comment>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>%1 %2 mm</source>
        <comment>slab: projection, thickness</comment>
        <translation>%1 %2 mm</translation>
    </message>
    <message>
        <source>nearest voxels</source>
        <translation>voxels les plus proches</translation>
    </message>
    <message>
        <source>interpolated</source>
        <translation>interpolé</translation>
    </message>
    <message>
        <source>interpolated (cubic)</source>
        <translation>interpolé (cubique)</translation>
    </message>
    <message>
        <source>%1, coarser while it moves</source>
        <translation>%1, plus grossier pendant le mouvement</translation>
    </message>
    <message>
        <source>Slices are arriving: %1 of %2. What lies between them is interpolated.</source>
        <translation>Des coupes arrivent : %1 sur %2. Ce qui les sépare est interpolé.</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) cannot be read: hatched here.</source>
        <translation>
            <numerusform>%n coupe ne peut pas être lue : hachurée ici.</numerusform>
            <numerusform>%n coupes ne peuvent pas être lues : hachurées ici.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintedPage</name>
    <message>
        <source>De-identified</source>
        <translation>Désidentifié</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Page %1 sur %2</translation>
    </message>
    <message>
        <source>Printed by Negatoscope on %1. Not for primary diagnosis; lengths on paper are those of the scale bar.</source>
        <translation>Imprimé par Negatoscope le %1. Non destiné au diagnostic primaire ; les longueurs sur papier sont celles de la barre d&apos;échelle.</translation>
    </message>
</context>
<context>
    <name>PriorWords</name>
    <message>
        <source>same part of the body</source>
        <translation>même région du corps</translation>
    </message>
    <message>
        <source>some of the same part of the body</source>
        <translation>une partie de la même région</translation>
    </message>
    <message>
        <source>same modality</source>
        <translation>même modalité</translation>
    </message>
    <message>
        <source>like modality</source>
        <translation>modalité voisine</translation>
    </message>
    <message>
        <source>same side</source>
        <translation>même côté</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>l&apos;autre côté</translation>
    </message>
    <message>
        <source>recent</source>
        <translation>récent</translation>
    </message>
    <message>
        <source>the patient ID is another one</source>
        <translation>l&apos;identifiant du patient est différent</translation>
    </message>
    <message>
        <source>who issued the patient ID is not told</source>
        <translation>l&apos;émetteur de l&apos;identifiant n&apos;est pas indiqué</translation>
    </message>
    <message>
        <source>the name is another one</source>
        <translation>le nom est différent</translation>
    </message>
    <message>
        <source>the date of birth is another one</source>
        <translation>la date de naissance est différente</translation>
    </message>
    <message>
        <source>name or date of birth is missing</source>
        <translation>le nom ou la date de naissance manque</translation>
    </message>
    <message>
        <source>what is told of the patient disagrees</source>
        <translation>les indications sur le patient se contredisent</translation>
    </message>
</context>
<context>
    <name>Profiles</name>
    <message>
        <source>Left drag scrolls</source>
        <translation>Le glissé gauche fait défiler</translation>
    </message>
    <message>
        <source>Left drag scrolls, right drag zooms, middle drag windows; presets on the function keys, Space for the next series.</source>
        <translation>Le glissé gauche fait défiler, le droit zoome, celui du milieu règle la fenêtre ; préréglages sur les touches de fonction, Espace pour la série suivante.</translation>
    </message>
    <message>
        <source>Left drag windows</source>
        <translation>Le glissé gauche règle la fenêtre</translation>
    </message>
    <message>
        <source>Left drag windows, right drag zooms, middle drag pans; layouts on Alt with digits, full screen on Enter.</source>
        <translation>Le glissé gauche règle la fenêtre, le droit zoome, celui du milieu déplace ; dispositions sur Alt et les chiffres, plein écran sur Entrée.</translation>
    </message>
    <message>
        <source>Right drag scrolls</source>
        <translation>Le glissé droit fait défiler</translation>
    </message>
    <message>
        <source>Middle drag windows, right drag scrolls, the wheel zooms; the left hand stays on W, A, S, D and Q, E.</source>
        <translation>Le glissé du milieu règle la fenêtre, le droit fait défiler, la molette zoome ; la main gauche reste sur W, A, S, D et Q, E.</translation>
    </message>
</context>
<context>
    <name>RenderedWords</name>
    <message>
        <source>Bone</source>
        <translation>Os</translation>
    </message>
    <message>
        <source>Vessels</source>
        <translation>Vaisseaux</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>Poumon</translation>
    </message>
    <message>
        <source>Skin</source>
        <translation>Peau</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>Highest values (MIP)</source>
        <translation>Valeurs maximales (MIP)</translation>
    </message>
    <message>
        <source>Lowest values (MinIP)</source>
        <translation>Valeurs minimales (MinIP)</translation>
    </message>
    <message>
        <source>3D: %1</source>
        <translation>3D : %1</translation>
    </message>
    <message>
        <source>%1 of %2 slices are there so far.</source>
        <translation>%1 coupes sur %2 sont arrivées jusqu’ici.</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) could not be had: what is missing is not drawn.</source>
        <translation>
            <numerusform>%n coupe n’a pas pu être obtenue : ce qui manque n’est pas dessiné.</numerusform>
            <numerusform>%n coupes n’ont pas pu être obtenues : ce qui manque n’est pas dessiné.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reduced to 1 of %1 voxels along each side: small things are lost.</source>
        <translation>Réduit à 1 voxel sur %1 dans chaque direction : les petits détails sont perdus.</translation>
    </message>
    <message>
        <source>Parts of the volume have been cut away.</source>
        <translation>Des parties du volume sont coupées.</translation>
    </message>
</context>
<context>
    <name>Sample</name>
    <message>
        <source>Description of the study</source>
        <translation>Description de l’examen</translation>
    </message>
    <message>
        <source>Name of the institution</source>
        <translation>Nom de l’établissement</translation>
    </message>
    <message>
        <source>Description of the series</source>
        <translation>Description de la série</translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message>
        <source>%1 does not have this study any more.</source>
        <translation>%1 n&apos;a plus cet examen.</translation>
    </message>
    <message>
        <source>%1 is not set up on this workstation any more, or its settings cannot be used; check the archives in the settings.</source>
        <translation>%1 n&apos;est plus configurée sur cette station, ou ses paramètres sont inutilisables ; vérifiez les archives dans les paramètres.</translation>
    </message>
    <message numerus="yes">
        <source>%1 says that it has sent everything, but %n image(s) of its own list did not come; try again, else tell its administrator.</source>
        <translation>
            <numerusform>%1 dit avoir tout envoyé, mais %n image de sa propre liste n&apos;est pas arrivée ; réessayez, sinon prévenez son administrateur.</numerusform>
            <numerusform>%1 dit avoir tout envoyé, mais %n images de sa propre liste ne sont pas arrivées ; réessayez, sinon prévenez son administrateur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) missing:</source>
        <translation>
            <numerusform>%n image manque :</numerusform>
            <numerusform>%n images manquent :</numerusform>
        </translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>%1 of %2 images</source>
        <translation>%1 images sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) so far</source>
        <translation>
            <numerusform>%n image jusqu&apos;ici</numerusform>
            <numerusform>%n images jusqu&apos;ici</numerusform>
        </translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>an amount of data per second</comment>
        <translation>%1/s</translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>encore %n s</numerusform>
            <numerusform>encore %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>encore %n min</numerusform>
            <numerusform>encore %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>encore %n h</numerusform>
            <numerusform>encore %n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is tried again in %n s.</source>
        <translation>
            <numerusform>Nouvel essai dans %n s.</numerusform>
            <numerusform>Nouvel essai dans %n s.</numerusform>
        </translation>
    </message>
    <message>
        <source>Waits for its turn.</source>
        <translation>Attend son tour.</translation>
    </message>
    <message>
        <source>Arrives.</source>
        <translation>Arrive.</translation>
    </message>
    <message>
        <source>Asks the archive what the study has.</source>
        <translation>Demande à l&apos;archive ce que contient l&apos;examen.</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>En pause.</translation>
    </message>
    <message>
        <source>Complete: every image that the archive lists is here.</source>
        <translation>Complet : toutes les images que l&apos;archive énumère sont ici.</translation>
    </message>
    <message>
        <source>It did not come.</source>
        <translation>Il n&apos;est pas arrivé.</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <comment>study of patient: how far it is</comment>
        <translation>%1 de %2 : %3</translation>
    </message>
</context>
<context>
    <name>ViewPicture</name>
    <message>
        <source>De-identified</source>
        <translation>Désidentifié</translation>
    </message>
    <message>
        <source>The objects of this study disagree on the patient.</source>
        <translation>Les objets de cet examen ne s&apos;accordent pas sur le patient.</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>no date of birth</source>
        <translation>sans date de naissance</translation>
    </message>
    <message>
        <source>born %1</source>
        <comment>caption: date of birth</comment>
        <translation>né(e) le %1</translation>
    </message>
    <message>
        <source>no study date</source>
        <translation>sans date d&apos;examen</translation>
    </message>
    <message>
        <source>study of %1</source>
        <comment>caption: date</comment>
        <translation>examen du %1</translation>
    </message>
    <message>
        <source> series %1</source>
        <comment>caption, after the modality</comment>
        <translation> série %1</translation>
    </message>
    <message>
        <source>image %1/%2</source>
        <translation>image %1/%2</translation>
    </message>
    <message>
        <source>Not for primary diagnosis</source>
        <translation>Non destiné au diagnostic primaire</translation>
    </message>
</context>
<context>
    <name>Viewport</name>
    <message>
        <source>Loading…</source>
        <translation>Chargement…</translation>
    </message>
    <message>
        <source>This image cannot be shown.</source>
        <translation>Cette image ne peut pas être affichée.</translation>
    </message>
    <message>
        <source>%1 mm off this slice</source>
        <comment>3D cursor: distance</comment>
        <translation>à %1 mm de cette coupe</translation>
    </message>
    <message>
        <source>Waiting for the first image…</source>
        <translation>En attente de la première image…</translation>
    </message>
</context>
<context>
    <name>VolumeWords</name>
    <message numerus="yes">
        <source>%n slice(s) lie where another one lies and are left out of planes.</source>
        <translation>
            <numerusform>%n coupe se trouve à la place d’une autre et n’entre pas dans les plans.</numerusform>
            <numerusform>%n coupes se trouvent à la place d’une autre et n’entrent pas dans les plans.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) are missing between %1 and %2 mm.</source>
        <translation>
            <numerusform>Il manque %n coupe entre %1 et %2 mm.</numerusform>
            <numerusform>Il manque %n coupes entre %1 et %2 mm.</numerusform>
        </translation>
    </message>
    <message>
        <source>Slices are %1 to %2 mm apart: planes take each at its true place.</source>
        <translation>Les coupes sont espacées de %1 à %2 mm : les plans prennent chacune à sa vraie place.</translation>
    </message>
    <message>
        <source>The gantry was tilted by %1 degrees: planes are sheared back.</source>
        <translation>Le statif était incliné de %1 degrés : les plans sont redressés.</translation>
    </message>
    <message>
        <source>Pixels are not square: rows are %1 mm apart, columns %2 mm.</source>
        <translation>Les pixels ne sont pas carrés : les lignes sont espacées de %1 mm, les colonnes de %2 mm.</translation>
    </message>
    <message>
        <source>No planes can be made: fewer than two slices lie at different places.</source>
        <translation>Aucun plan possible : moins de deux coupes à des places différentes.</translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: %n slice(s) do not say where they lie.</source>
        <translation>
            <numerusform>Aucun plan possible : %n coupe n’indique pas sa position.</numerusform>
            <numerusform>Aucun plan possible : %n coupes n’indiquent pas leur position.</numerusform>
        </translation>
    </message>
    <message>
        <source>No planes can be made: slices are turned against each other by up to %1 degrees.</source>
        <translation>Aucun plan possible : les coupes sont tournées les unes par rapport aux autres, jusqu’à %1 degrés.</translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: slices have %n different size(s).</source>
        <translation>
            <numerusform>Aucun plan possible : les coupes ont %n taille.</numerusform>
            <numerusform>Aucun plan possible : les coupes ont %n tailles différentes.</numerusform>
        </translation>
    </message>
    <message>
        <source>No planes can be made: pixels measure from %1 to %2 mm.</source>
        <translation>Aucun plan possible : les pixels mesurent de %1 à %2 mm.</translation>
    </message>
    <message>
        <source>No planes can be made: slices lie up to %1 mm beside their line.</source>
        <translation>Aucun plan possible : des coupes se trouvent jusqu’à %1 mm à côté de leur ligne.</translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: %n slice(s) are in colour.</source>
        <translation>
            <numerusform>Aucun plan possible : %n coupe est en couleur.</numerusform>
            <numerusform>Aucun plan possible : %n coupes sont en couleur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: the values of %n slice(s) go through a table.</source>
        <translation>
            <numerusform>Aucun plan possible : les valeurs de %n coupe passent par une table.</numerusform>
            <numerusform>Aucun plan possible : les valeurs de %n coupes passent par une table.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: the values of %n slice(s) have another unit.</source>
        <translation>
            <numerusform>Aucun plan possible : les valeurs de %n coupe ont une autre unité.</numerusform>
            <numerusform>Aucun plan possible : les valeurs de %n coupes ont une autre unité.</numerusform>
        </translation>
    </message>
    <message>
        <source>No planes can be made: there is too little memory, even for a coarse copy.</source>
        <translation>Aucun plan possible : la mémoire ne suffit pas, même pour une copie plus grossière.</translation>
    </message>
    <message>
        <source>The volume of %1 MiB does not fit into memory: a copy %2 times coarser is shown.</source>
        <translation>Le volume de %1 Mio ne tient pas en mémoire : une copie %2 fois plus grossière est affichée.</translation>
    </message>
    <message>
        <source>The volume of %1 MiB does not fit into memory and is kept in a file.</source>
        <translation>Le volume de %1 Mio ne tient pas en mémoire et se trouve dans un fichier.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Abdomen</source>
        <translation>Abdomen</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>Poumon</translation>
    </message>
    <message>
        <source>Mediastinum</source>
        <translation>Médiastin</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>Os</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>Cerveau</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>AVC</translation>
    </message>
    <message>
        <source>Subdural</source>
        <translation>Sous-dural</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>Foie</translation>
    </message>
    <message>
        <source>Angiography</source>
        <translation>Angiographie</translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n an</numerusform>
            <numerusform>%n ans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n mois</numerusform>
            <numerusform>%n mois</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n semaine</numerusform>
            <numerusform>%n semaines</numerusform>
        </translation>
    </message>
    <message>
        <source>M</source>
        <comment>sex: male</comment>
        <translation>M</translation>
    </message>
    <message>
        <source>F</source>
        <comment>sex: female</comment>
        <translation>F</translation>
    </message>
    <message>
        <source>O</source>
        <comment>sex: other</comment>
        <translation>A</translation>
    </message>
    <message>
        <source>no patient ID</source>
        <translation>sans identifiant de patient</translation>
    </message>
    <message>
        <source>ID %1</source>
        <translation>ID %1</translation>
    </message>
    <message>
        <source>ID %1 (%2)</source>
        <translation>ID %1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message>
        <source>complete</source>
        <translation>complet</translation>
    </message>
    <message>
        <source>INCOMPLETE: %1 of %2 images</source>
        <translation>INCOMPLET : %1 images sur %2</translation>
    </message>
    <message>
        <source>INCOMPLETE</source>
        <translation>INCOMPLET</translation>
    </message>
    <message>
        <source>completeness unknown</source>
        <translation>complétude inconnue</translation>
    </message>
    <message>
        <source>lossy %1:1</source>
        <translation>avec pertes %1:1</translation>
    </message>
    <message>
        <source>lossy %1:1, %2</source>
        <translation>avec pertes %1:1, %2</translation>
    </message>
    <message>
        <source>lossy, ratio unknown</source>
        <translation>avec pertes, taux inconnu</translation>
    </message>
    <message>
        <source>lossy, %1</source>
        <translation>avec pertes, %1</translation>
    </message>
    <message>
        <source>W %1  L %2</source>
        <comment>window width and level</comment>
        <translation>L %1  C %2</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 cm</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>%1 at detector</source>
        <translation>%1 au détecteur</translation>
    </message>
    <message>
        <source>%1 calibrated</source>
        <translation>%1 étalonné</translation>
    </message>
    <message>
        <source>%1 on film</source>
        <translation>%1 sur le film</translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) are missing between %1 and %2 mm.</source>
        <translation>
            <numerusform>Il manque %n coupe entre %1 et %2 mm.</numerusform>
            <numerusform>Il manque %n coupes entre %1 et %2 mm.</numerusform>
        </translation>
    </message>
    <message>
        <source>Slices are unevenly spaced, from %1 to %2 mm.</source>
        <translation>Les coupes sont inégalement espacées, de %1 à %2 mm.</translation>
    </message>
    <message numerus="yes">
        <source>%n slice position(s) are there more than once.</source>
        <translation>
            <numerusform>%n position de coupe est présente plusieurs fois.</numerusform>
            <numerusform>%n positions de coupe sont présentes plusieurs fois.</numerusform>
        </translation>
    </message>
    <message>
        <source>The gantry was tilted by %1 degrees.</source>
        <translation>Le statif était incliné de %1 degrés.</translation>
    </message>
    <message numerus="yes">
        <source>The series holds slices of %n orientation(s).</source>
        <translation>
            <numerusform>La série contient des coupes de %n orientation.</numerusform>
            <numerusform>La série contient des coupes de %n orientations.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The series holds pictures of %n size(s).</source>
        <translation>
            <numerusform>La série contient des images de %n taille.</numerusform>
            <numerusform>La série contient des images de %n tailles.</numerusform>
        </translation>
    </message>
    <message>
        <source>Slice positions are unknown: the order is that of the image numbers.</source>
        <translation>La position des coupes est inconnue : l&apos;ordre est celui des numéros d&apos;image.</translation>
    </message>
    <message numerus="yes">
        <source>The series holds %n volume(s), one after the other.</source>
        <translation>
            <numerusform>La série contient %n volume.</numerusform>
            <numerusform>La série contient %n volumes, l&apos;un après l&apos;autre.</numerusform>
        </translation>
    </message>
    <message>
        <source>right</source>
        <comment>laterality</comment>
        <translation>droite</translation>
    </message>
    <message>
        <source>left</source>
        <comment>laterality</comment>
        <translation>gauche</translation>
    </message>
    <message>
        <source>both sides</source>
        <comment>laterality</comment>
        <translation>deux côtés</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchiveForm</name>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Choisir : %1</translation>
    </message>
    <message>
        <source> s</source>
        <comment>unit after a number</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>What this workstation calls the archive</source>
        <translation>Le nom que cette station donne à l&apos;archive</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Protocole</translation>
    </message>
    <message>
        <source>How the archive is reached</source>
        <translation>La façon d&apos;atteindre l&apos;archive</translation>
    </message>
    <message>
        <source>DICOM (DIMSE)</source>
        <translation>DICOM (DIMSE)</translation>
    </message>
    <message>
        <source>DICOMweb</source>
        <translation>DICOMweb</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Hôte</translation>
    </message>
    <message>
        <source>Name or address of the archive</source>
        <translation>Nom ou adresse de l&apos;archive</translation>
    </message>
    <message>
        <source>pacs.example.org</source>
        <translation>pacs.example.org</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>104 and 11112 are usual, 2762 under TLS</source>
        <translation>104 et 11112 sont usuels, 2762 sous TLS</translation>
    </message>
    <message>
        <source>AE title of the archive</source>
        <translation>Titre AE de l&apos;archive</translation>
    </message>
    <message>
        <source>What the archive calls itself; its administrator knows</source>
        <translation>Le nom que l&apos;archive se donne ; son administrateur le connaît</translation>
    </message>
    <message>
        <source>AE title of this workstation</source>
        <translation>Titre AE de la station</translation>
    </message>
    <message>
        <source>What the archive knows this workstation by</source>
        <translation>Le nom sous lequel l&apos;archive connaît cette station</translation>
    </message>
    <message>
        <source>Images come by</source>
        <translation>Images reçues par</translation>
    </message>
    <message>
        <source>C-GET needs nothing else; by C-MOVE the archive connects to this workstation</source>
        <translation>C-GET ne demande rien d&apos;autre ; par C-MOVE, l&apos;archive se connecte à cette station</translation>
    </message>
    <message>
        <source>What the archive can do</source>
        <translation>Ce que l&apos;archive sait faire</translation>
    </message>
    <message>
        <source>C-GET</source>
        <translation>C-GET</translation>
    </message>
    <message>
        <source>C-MOVE</source>
        <translation>C-MOVE</translation>
    </message>
    <message>
        <source>Port to receive on</source>
        <translation>Port de réception</translation>
    </message>
    <message>
        <source>For C-MOVE: open only while images come</source>
        <translation>Pour C-MOVE : ouvert seulement pendant la réception</translation>
    </message>
    <message>
        <source>None: no C-MOVE</source>
        <translation>Aucun : pas de C-MOVE</translation>
    </message>
    <message>
        <source>Address to receive on</source>
        <translation>Adresse de réception</translation>
    </message>
    <message>
        <source>For C-MOVE; empty: the one that reaches the archive</source>
        <translation>Pour C-MOVE ; vide : celle qui atteint l&apos;archive</translation>
    </message>
    <message>
        <source>Who may send</source>
        <translation>Qui peut envoyer</translation>
    </message>
    <message>
        <source>Addresses besides the archive&apos;s own, with commas between them</source>
        <translation>Adresses en plus de celle de l&apos;archive, séparées par des virgules</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Where the DICOMweb service begins</source>
        <translation>Où commence le service DICOMweb</translation>
    </message>
    <message>
        <source>https://pacs.example.org/dicom-web</source>
        <translation>https://pacs.example.org/dicom-web</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Identification</translation>
    </message>
    <message>
        <source>How the archive knows this workstation</source>
        <translation>Comment l&apos;archive reconnaît cette station</translation>
    </message>
    <message>
        <source>As nobody</source>
        <translation>Sans identification</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>Utilisateur et mot de passe</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>The name that the archive knows</source>
        <translation>Le nom que l&apos;archive connaît</translation>
    </message>
    <message>
        <source>File of the password</source>
        <translation>Fichier du mot de passe</translation>
    </message>
    <message>
        <source>Its first line is the password; nobody but you may be able to read it</source>
        <translation>Sa première ligne est le mot de passe ; vous seul devez pouvoir le lire</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Protection</translation>
    </message>
    <message>
        <source>Encrypt with TLS</source>
        <translation>Chiffrer par TLS</translation>
    </message>
    <message>
        <source>TLS 1.2 or 1.3; the certificate of the archive is checked</source>
        <translation>TLS 1.2 ou 1.3 ; le certificat de l&apos;archive est vérifié</translation>
    </message>
    <message>
        <source>Allow clear text</source>
        <translation>Autoriser l&apos;échange en clair</translation>
    </message>
    <message>
        <source>Only where the network itself is protected: an administrator&apos;s decision</source>
        <translation>Seulement si le réseau lui-même est protégé : décision de l&apos;administrateur</translation>
    </message>
    <message>
        <source>Not encrypted: names and images cross the network so that others on it can read them.</source>
        <translation>Non chiffré : noms et images traversent le réseau de sorte que d&apos;autres peuvent les lire.</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Autorité</translation>
    </message>
    <message>
        <source>Certificates of who vouches for the archive (PEM); empty: those of the system</source>
        <translation>Certificats de l&apos;autorité qui garantit l&apos;archive (PEM) ; vide : ceux du système</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>Certificat propre</translation>
    </message>
    <message>
        <source>Of this workstation, where the archive wants one (PEM)</source>
        <translation>Celui de cette station, si l&apos;archive en exige un (PEM)</translation>
    </message>
    <message>
        <source>Its private key</source>
        <translation>Sa clé privée</translation>
    </message>
    <message>
        <source>PEM, without a password</source>
        <translation>PEM, sans mot de passe</translation>
    </message>
    <message>
        <source>Revoked certificates</source>
        <translation>Certificats révoqués</translation>
    </message>
    <message>
        <source>A list of the authority (PEM)</source>
        <translation>Une liste de l&apos;autorité (PEM)</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>SHA-256 of the archive&apos;s certificate: this one and no other is accepted</source>
        <translation>SHA-256 du certificat de l&apos;archive : celui-ci et aucun autre n&apos;est accepté</translation>
    </message>
    <message>
        <source>Times and connections</source>
        <translation>Délais et connexions</translation>
    </message>
    <message>
        <source>Connections at once</source>
        <translation>Connexions simultanées</translation>
    </message>
    <message>
        <source>More are faster where the archive allows them</source>
        <translation>Davantage va plus vite si l&apos;archive le permet</translation>
    </message>
    <message>
        <source>To connect</source>
        <translation>Pour se connecter</translation>
    </message>
    <message>
        <source>How long a connection may take</source>
        <translation>Durée maximale d&apos;une connexion</translation>
    </message>
    <message>
        <source>To negotiate</source>
        <translation>Pour négocier</translation>
    </message>
    <message>
        <source>How long TLS and the association may take</source>
        <translation>Durée maximale de TLS et de l&apos;association</translation>
    </message>
    <message>
        <source>To answer</source>
        <translation>Pour répondre</translation>
    </message>
    <message>
        <source>How long nothing may come</source>
        <translation>Durée maximale sans réponse</translation>
    </message>
    <message>
        <source>To confirm safe keeping</source>
        <translation>Pour confirmer l&apos;archivage</translation>
    </message>
    <message>
        <source>How long the answer about storage commitment may take</source>
        <translation>Durée maximale de la réponse sur l&apos;archivage (storage commitment)</translation>
    </message>
    <message>
        <source>Give the archive a name of up to 64 letters.</source>
        <translation>Donnez à l&apos;archive un nom de 64 lettres au plus.</translation>
    </message>
    <message>
        <source>Give the address of the DICOMweb service, such as https://pacs.example.org/dicom-web.</source>
        <translation>Indiquez l&apos;adresse du service DICOMweb, par exemple https://pacs.example.org/dicom-web.</translation>
    </message>
    <message>
        <source>These settings do not go together.</source>
        <translation>Ces réglages ne vont pas ensemble.</translation>
    </message>
    <message>
        <source>A password is sent only under https; change the address, or log in as nobody.</source>
        <translation>Un mot de passe n&apos;est envoyé que sous https ; changez l&apos;adresse ou renoncez à l&apos;identification.</translation>
    </message>
    <message>
        <source>Give the name of the user, without a colon.</source>
        <translation>Indiquez le nom de l&apos;utilisateur, sans deux-points.</translation>
    </message>
    <message>
        <source>Give the file whose first line is the password; only you may be able to read it.</source>
        <translation>Indiquez le fichier dont la première ligne est le mot de passe ; vous seul devez pouvoir le lire.</translation>
    </message>
    <message>
        <source>Give the host name or address of the archive.</source>
        <translation>Indiquez le nom d&apos;hôte ou l&apos;adresse de l&apos;archive.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Un port est un nombre de 1 à 65535.</translation>
    </message>
    <message>
        <source>An AE title has 1 to 16 letters, digits or signs, without backslash.</source>
        <translation>Un titre AE a de 1 à 16 lettres, chiffres ou signes, sans barre oblique inverse.</translation>
    </message>
    <message>
        <source>To be sent images by C-MOVE this workstation needs a port to receive on; the archive must know it.</source>
        <translation>Pour recevoir des images par C-MOVE, cette station a besoin d&apos;un port de réception ; l&apos;archive doit le connaître.</translation>
    </message>
    <message>
        <source>Choose 1 to 16 connections.</source>
        <translation>Choisissez de 1 à 16 connexions.</translation>
    </message>
    <message>
        <source>A time to wait is at most an hour.</source>
        <translation>Un délai est d&apos;une heure au plus.</translation>
    </message>
    <message>
        <source>The private key needs the certificate that it belongs to.</source>
        <translation>La clé privée a besoin du certificat auquel elle appartient.</translation>
    </message>
    <message>
        <source>The SHA-256 fingerprint of a certificate has 64 digits from 0 to 9 and A to F.</source>
        <translation>L&apos;empreinte SHA-256 d&apos;un certificat a 64 chiffres, de 0 à 9 et de A à F.</translation>
    </message>
    <message>
        <source>C-MOVE under TLS needs a certificate of this workstation: the archive connects to it.</source>
        <translation>C-MOVE sous TLS exige un certificat de cette station : c&apos;est l&apos;archive qui s&apos;y connecte.</translation>
    </message>
    <message>
        <source>Without encryption this must be allowed: nothing is sent otherwise.</source>
        <translation>Sans chiffrement, il faut l&apos;autoriser : sinon rien n&apos;est envoyé.</translation>
    </message>
    <message>
        <source>Another archive has this name. What is written here is not kept.</source>
        <translation>Une autre archive porte ce nom. Ce qui est écrit ici n&apos;est pas conservé.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchiveSearchPage</name>
    <message>
        <source>This workstation</source>
        <translation>Cette station</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l&apos;instant</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>il y a %n minute</numerusform>
            <numerusform>il y a %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>at %1</source>
        <comment>time of day</comment>
        <translation>à %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Do not wait for those that have not answered yet</source>
        <translation>Ne plus attendre celles qui n&apos;ont pas encore répondu</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Chercher de nouveau</translation>
    </message>
    <message>
        <source>Ask the same once more</source>
        <translation>Poser de nouveau la même question</translation>
    </message>
    <message>
        <source>Ask for everything that matches, up to 5,000 studies of each archive</source>
        <translation>Demander tout ce qui correspond, jusqu&apos;à 5 000 examens par archive</translation>
    </message>
    <message>
        <source>Archives…</source>
        <translation>Archives…</translation>
    </message>
    <message>
        <source>The settings of the archives</source>
        <translation>Les paramètres des archives</translation>
    </message>
    <message>
        <source>The list of archives cannot be read; it was not changed. %1</source>
        <translation>La liste des archives est illisible ; elle n&apos;a pas été modifiée. %1</translation>
    </message>
    <message>
        <source>%1 was stopped before it had answered: its studies may be missing.</source>
        <translation>%1 a été interrompue avant d&apos;avoir répondu : ses examens peuvent manquer.</translation>
    </message>
    <message>
        <source>%1 has more than %2 studies that match: narrow the search to see all.</source>
        <translation>%1 a plus de %2 examens correspondants : restreignez la recherche pour tout voir.</translation>
    </message>
    <message>
        <source>%1 did not search by everything that was asked: it may list more than matches.</source>
        <translation>%1 n&apos;a pas cherché selon tout ce qui était demandé : elle peut lister plus que ce qui correspond.</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies)</source>
        <translation>
            <numerusform>%n examen</numerusform>
            <numerusform>%n examens</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, asking again…</source>
        <translation>%1, nouvelle demande…</translation>
    </message>
    <message>
        <source>%1 so far, waiting for %2…</source>
        <translation>%1 jusqu&apos;ici, en attente de %2…</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>number of studies, age of the answer</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>List all studies</source>
        <translation>Lister tous les examens</translation>
    </message>
    <message>
        <source>Search all the same</source>
        <translation>Chercher quand même</translation>
    </message>
    <message>
        <source>No such archive</source>
        <translation>Archive inconnue</translation>
    </message>
    <message>
        <source>No archive yet</source>
        <translation>Aucune archive</translation>
    </message>
    <message>
        <source>Add the archives of your hospital in the settings, then search them here.</source>
        <translation>Ajoutez les archives de votre hôpital dans les paramètres, puis cherchez-y ici.</translation>
    </message>
    <message>
        <source>This would ask for a large part of the archive</source>
        <translation>Ce serait demander une grande partie de l&apos;archive</translation>
    </message>
    <message>
        <source>Give at least two letters of a name, a patient ID, an accession number, a referring physician, or study dates within a month.</source>
        <translation>Indiquez au moins deux lettres d&apos;un nom, un identifiant de patient, un numéro de demande, un médecin prescripteur ou des dates d&apos;examen sur un mois.</translation>
    </message>
    <message>
        <source>Search the archives</source>
        <translation>Chercher dans les archives</translation>
    </message>
    <message>
        <source>Type a name, a patient ID or an accession number, or choose study dates. Return searches at once.</source>
        <translation>Saisissez un nom, un identifiant de patient ou un numéro de demande, ou choisissez des dates d&apos;examen. Entrée cherche aussitôt.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>No study found</source>
        <translation>Aucun examen trouvé</translation>
    </message>
    <message>
        <source>No study of what was asked matches; check the spelling and the dates.</source>
        <translation>Aucun examen ne correspond ; vérifiez l&apos;orthographe et les dates.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchiveTestBox</name>
    <message>
        <source>Echo</source>
        <comment>step of a test</comment>
        <translation>Écho</translation>
    </message>
    <message>
        <source>Search</source>
        <comment>step of a test</comment>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Store</source>
        <comment>step of a test</comment>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Retrieve</source>
        <comment>step of a test</comment>
        <translation>Rapatriement</translation>
    </message>
    <message>
        <source>more than %1 studies of today.</source>
        <translation>plus de %1 examens d&apos;aujourd&apos;hui.</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) of today.</source>
        <translation>
            <numerusform>%n examen d&apos;aujourd&apos;hui.</numerusform>
            <numerusform>%n examens d&apos;aujourd&apos;hui.</numerusform>
        </translation>
    </message>
    <message>
        <source>it answers (%1, %2).</source>
        <translation>elle répond (%1, %2).</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>sans nom</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>non chiffré</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Tester la connexion</translation>
    </message>
    <message>
        <source>Whether the archive answers and knows this workstation (C-ECHO)</source>
        <translation>L&apos;archive répond-elle et connaît-elle cette station (C-ECHO) ?</translation>
    </message>
    <message>
        <source>Test search</source>
        <translation>Tester la recherche</translation>
    </message>
    <message>
        <source>How many studies of today it finds</source>
        <translation>Combien d&apos;examens d&apos;aujourd&apos;hui elle trouve</translation>
    </message>
    <message>
        <source>Test store and retrieve</source>
        <translation>Tester envoi et retour</translation>
    </message>
    <message>
        <source>Sends a tiny object that names no patient (NEGATOSCOPE TEST) and brings it back. The object stays in the archive: DICOM has no way to take it out again.</source>
        <translation>Envoie un objet minuscule qui ne nomme aucun patient (NEGATOSCOPE TEST) et le rapatrie. L&apos;objet reste dans l&apos;archive : DICOM ne permet pas de l&apos;en retirer.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Do not wait for the archive any longer</source>
        <translation>Ne plus attendre l&apos;archive</translation>
    </message>
    <message>
        <source>%1: waiting…</source>
        <translation>%1 : en attente…</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1: stopped.</source>
        <translation>%1 : arrêté.</translation>
    </message>
    <message>
        <source>the archive did not give the test object back.</source>
        <translation>l&apos;archive n&apos;a pas rendu l&apos;objet de test.</translation>
    </message>
    <message>
        <source>the test object was taken, but the archive changed it.</source>
        <translation>l&apos;objet de test a été accepté, mais l&apos;archive l&apos;a modifié.</translation>
    </message>
    <message>
        <source>the test object was taken; it stays in the archive as NEGATOSCOPE TEST.</source>
        <translation>l&apos;objet de test a été accepté ; il reste dans l&apos;archive sous NEGATOSCOPE TEST.</translation>
    </message>
    <message>
        <source>it came back, but not as it was sent.</source>
        <translation>il est revenu, mais pas tel qu&apos;il avait été envoyé.</translation>
    </message>
    <message>
        <source>it came back as it was sent.</source>
        <translation>il est revenu tel qu&apos;il avait été envoyé.</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <comment>step, sentence, time</comment>
        <translation>%1 : %2 %3</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchivesPage</name>
    <message>
        <source>Encrypted with TLS</source>
        <translation>Chiffré par TLS</translation>
    </message>
    <message>
        <source>Not encrypted: patient data crosses the network in clear.</source>
        <translation>Non chiffré : les données des patients traversent le réseau en clair.</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archives</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>One more archive</source>
        <translation>Une archive de plus</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Forget the selected archive; nothing in it changes</source>
        <translation>Oublier l&apos;archive choisie ; rien n&apos;y change</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Bring back the list as it was before the last change</source>
        <translation>Rétablir la liste d&apos;avant la dernière modification</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Take archives from a file; those of the same name are replaced</source>
        <translation>Reprendre des archives d&apos;un fichier ; celles du même nom sont remplacées</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Write the list to a file for other workstations; it holds no password</source>
        <translation>Écrire la liste dans un fichier pour d&apos;autres stations ; il ne contient aucun mot de passe</translation>
    </message>
    <message>
        <source>No archive yet. Add one, or import the list of another workstation.</source>
        <translation>Aucune archive. Ajoutez-en une, ou importez la liste d&apos;une autre station.</translation>
    </message>
    <message>
        <source>New archive</source>
        <translation>Nouvelle archive</translation>
    </message>
    <message>
        <source>Not kept yet: something is missing.</source>
        <translation>Pas encore conservée : il manque quelque chose.</translation>
    </message>
    <message>
        <source>The list of archives cannot be read; it was not changed. %1</source>
        <translation>La liste des archives est illisible ; elle n&apos;a pas été modifiée. %1</translation>
    </message>
    <message>
        <source>%1 is forgotten; Undo brings it back.</source>
        <translation>%1 est oubliée ; Annuler la rétablit.</translation>
    </message>
    <message>
        <source>The list is as it was before the last change.</source>
        <translation>La liste est comme avant la dernière modification.</translation>
    </message>
    <message>
        <source>Import archives</source>
        <translation>Importer des archives</translation>
    </message>
    <message>
        <source>Lists of archives (*.json)</source>
        <translation>Listes d&apos;archives (*.json)</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Le fichier est illisible.</translation>
    </message>
    <message numerus="yes">
        <source>%n archive(s) taken from the file.</source>
        <translation>
            <numerusform>%n archive reprise du fichier.</numerusform>
            <numerusform>%n archives reprises du fichier.</numerusform>
        </translation>
    </message>
    <message>
        <source>This is no list of archives; nothing was taken. %1</source>
        <translation>Ce n&apos;est pas une liste d&apos;archives ; rien n&apos;a été repris. %1</translation>
    </message>
    <message>
        <source>Export archives</source>
        <translation>Exporter les archives</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Écrit dans %1.</translation>
    </message>
    <message>
        <source>The file cannot be written.</source>
        <translation>Impossible d&apos;écrire le fichier.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::CineBar</name>
    <message>
        <source>Cine</source>
        <translation>Ciné</translation>
    </message>
    <message>
        <source>Images per second of the cine</source>
        <translation>Images par seconde du ciné</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>images per second</comment>
        <translation>%1/s</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Type what you want</source>
        <translation>Taper ce que l&apos;on veut</translation>
    </message>
    <message>
        <source>Type what you want: an action, a preset, a layout, a series, a setting</source>
        <translation>Taper ce que l&apos;on veut : action, préréglage, disposition, série, réglage</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Commandes trouvées</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::CornerPreview</name>
    <message>
        <source>How the corner text looks</source>
        <translation>Aspect du texte des coins</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::CornersPage</name>
    <message>
        <source>Top left</source>
        <translation>En haut à gauche</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>En haut à droite</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>En bas à gauche</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>En bas à droite</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalité</translation>
    </message>
    <message>
        <source>Lines of the corner: %1</source>
        <translation>Lignes du coin : %1</translation>
    </message>
    <message>
        <source>State of the text in the preview</source>
        <translation>État du texte dans l’aperçu</translation>
    </message>
    <message>
        <source>Preview: full text</source>
        <translation>Aperçu : texte complet</translation>
    </message>
    <message>
        <source>Preview: minimal text</source>
        <translation>Aperçu : texte réduit</translation>
    </message>
    <message>
        <source>Preview: no text</source>
        <translation>Aperçu : sans texte</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>The selected line one place higher</source>
        <translation>Monter d’un rang la ligne choisie</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>The selected line one place lower</source>
        <translation>Descendre d’un rang la ligne choisie</translation>
    </message>
    <message>
        <source>Corner of the selected line</source>
        <translation>Coin de la ligne choisie</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Take the selected line away</source>
        <translation>Retirer la ligne choisie</translation>
    </message>
    <message>
        <source>Lines that are not shown</source>
        <translation>Lignes non affichées</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Put this line below those of the selected corner</source>
        <translation>Placer cette ligne sous celles du coin choisi</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Bring back the text as this page found it</source>
        <translation>Rétablir le texte tel qu’il était à l’ouverture de la page</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Comme livré</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>Toutes les autres</translation>
    </message>
    <message>
        <source>%1 (its own)</source>
        <comment>modality</comment>
        <translation>%1 (texte propre)</translation>
    </message>
    <message>
        <source>As all others</source>
        <translation>Comme les autres</translation>
    </message>
    <message>
        <source>The text that the program was delivered with</source>
        <translation>Le texte livré avec le programme</translation>
    </message>
    <message>
        <source>This modality has the text of all others again</source>
        <translation>Cette modalité reprend le texte de toutes les autres</translation>
    </message>
    <message>
        <source>%1: this line can be moved but not removed. Who it is, when, which side, and what makes the picture less than it seems is always said.</source>
        <translation>%1 : cette ligne peut être déplacée mais pas retirée. L’identité, la date, le côté et ce qui diminue la valeur de l’image sont toujours indiqués.</translation>
    </message>
    <message>
        <source>Changes hold at once, in open windows too. The key for the corner text goes through full, minimal and none.</source>
        <translation>Les changements valent aussitôt, aussi dans les fenêtres ouvertes. La touche du texte des coins passe de complet à réduit, puis à aucun.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::DisplaysPage</name>
    <message>
        <source>As the screen says</source>
        <translation>Comme l&apos;écran le dit</translation>
    </message>
    <message>
        <source>Hold a ruler to the line below and measure it from end to end. To measure another screen, move this window there.</source>
        <translation>Poser une règle sur la ligne ci-dessous et la mesurer d&apos;un bout à l&apos;autre. Pour mesurer un autre écran, y déplacer cette fenêtre.</translation>
    </message>
    <message>
        <source>Length of the line on this screen</source>
        <translation>Longueur de la ligne sur cet écran</translation>
    </message>
    <message>
        <source> mm</source>
        <comment>unit after a number</comment>
        <translation> mm</translation>
    </message>
    <message>
        <source>The line is</source>
        <translation>La ligne mesure</translation>
    </message>
    <message>
        <source>True size (Shift+E) relies on this. It says nothing of the greys: they are not calibrated.</source>
        <translation>La taille réelle (Maj+E) en dépend. Cela ne dit rien des gris : ils ne sont pas étalonnés.</translation>
    </message>
    <message>
        <source>Screen %1</source>
        <translation>Écran %1</translation>
    </message>
    <message>
        <source>Measured: a pixel is %1 mm wide.</source>
        <translation>Mesuré : un pixel est large de %1 mm.</translation>
    </message>
    <message>
        <source>Not measured: the screen says that a pixel is %1 mm wide.</source>
        <translation>Non mesuré : l&apos;écran dit qu&apos;un pixel est large de %1 mm.</translation>
    </message>
    <message>
        <source>Not measured, and the screen does not say how large it is: there is no true size until it is.</source>
        <translation>Non mesuré, et l&apos;écran ne dit pas quelle est sa taille : pas de taille réelle avant de l&apos;avoir mesuré.</translation>
    </message>
    <message>
        <source>This screen</source>
        <translation>Cet écran</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ExportWindow</name>
    <message>
        <source>De-identified: no name, id, date or place</source>
        <translation>Désidentifié : ni nom, ni identifiant, ni date, ni lieu</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Negatoscope - export</source>
        <translation>Negatoscope - exportation</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>What is exported</source>
        <translation>Ce qui est exporté</translation>
    </message>
    <message numerus="yes">
        <source>The whole study, %n image(s)</source>
        <translation>
            <numerusform>Tout l&apos;examen, %n image</numerusform>
            <numerusform>Tout l&apos;examen, %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This series: %1, %n image(s)</source>
        <translation>
            <numerusform>Cette série : %1, %n image</numerusform>
            <numerusform>Cette série : %1, %n images</numerusform>
        </translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Cette image</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>DICOM: the files as they are</source>
        <translation>DICOM : les fichiers tels quels</translation>
    </message>
    <message>
        <source>PNG pictures, with identity and letters</source>
        <translation>Images PNG, avec identité et lettres</translation>
    </message>
    <message>
        <source>JPEG pictures, with identity and letters</source>
        <translation>Images JPEG, avec identité et lettres</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>Avancement de l&apos;exportation</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Comme</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Dans</translation>
    </message>
    <message>
        <source>DICOM files keep every name and number that is in them.</source>
        <translation>Les fichiers DICOM gardent tous les noms et numéros qu&apos;ils contiennent.</translation>
    </message>
    <message>
        <source>Images whose pixels may show a name are left out of a de-identified export.</source>
        <translation>Les images dont les pixels peuvent montrer un nom sont laissées hors d&apos;une exportation désidentifiée.</translation>
    </message>
    <message>
        <source>Export into a folder</source>
        <translation>Exporter dans un dossier</translation>
    </message>
    <message>
        <source>Choose the folder to export into.</source>
        <translation>Choisir le dossier où exporter.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n</source>
        <translation>
            <numerusform>%1 sur %n</numerusform>
            <numerusform>%1 sur %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what there is…</source>
        <translation>Inventaire en cours…</translation>
    </message>
    <message>
        <source>Cancelled: nothing was exported.</source>
        <translation>Annulé : rien n&apos;a été exporté.</translation>
    </message>
    <message>
        <source>The disk is full: nothing was exported. Free some space or choose another folder.</source>
        <translation>Le disque est plein : rien n&apos;a été exporté. Libérer de la place ou choisir un autre dossier.</translation>
    </message>
    <message>
        <source>This folder cannot be written to: nothing was exported.</source>
        <translation>Impossible d&apos;écrire dans ce dossier : rien n&apos;a été exporté.</translation>
    </message>
    <message>
        <source>Nothing was exported. %1</source>
        <translation>Rien n&apos;a été exporté. %1</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written to %1.</source>
        <translation>
            <numerusform>%n fichier écrit dans %1.</numerusform>
            <numerusform>%n fichiers écrits dans %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be exported, the first because: %1</source>
        <translation>
            <numerusform>%n n&apos;a pas pu être exportée, la première parce que : %1</numerusform>
            <numerusform>%n n&apos;ont pas pu être exportées, la première parce que : %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::FileListWindow</name>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Copier la liste</translation>
    </message>
    <message>
        <source>Copy the selected rows, or all of them (Ctrl+C)</source>
        <translation>Copier les lignes choisies, ou toutes (Ctrl+C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Refused files</source>
        <translation>Fichiers refusés</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) refused; everything else was taken.</source>
        <translation>
            <numerusform>%n fichier refusé ; tout le reste a été repris.</numerusform>
            <numerusform>%n fichiers refusés ; tout le reste a été repris.</numerusform>
        </translation>
    </message>
    <message>
        <source>Another version of an image that is shown.</source>
        <translation>Autre version d’une image affichée.</translation>
    </message>
    <message>
        <source>Says another patient than its study: %1, %2.</source>
        <translation>Indique un autre patient que son examen : %1, %2.</translation>
    </message>
    <message>
        <source>Its series or image belongs to another study.</source>
        <translation>Sa série ou son image appartient à un autre examen.</translation>
    </message>
    <message>
        <source>Files kept aside</source>
        <translation>Fichiers mis de côté</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the study of %1 kept but not shown: nothing was overwritten or merged.</source>
        <translation>
            <numerusform>%n fichier de l’examen de %1 conservé sans être affiché : rien n’a été écrasé ni fusionné.</numerusform>
            <numerusform>%n fichiers de l’examen de %1 conservés sans être affichés : rien n’a été écrasé ni fusionné.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ignored: no DICOM, but something beside the images.</source>
        <translation>
            <numerusform>%n fichier ignoré : pas du DICOM, mais autre chose à côté des images.</numerusform>
            <numerusform>%n fichiers ignorés : pas du DICOM, mais autre chose à côté des images.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::FoundStudyActs</name>
    <message numerus="yes">
        <source>%n study(ies) will be fetched.</source>
        <translation>
            <numerusform>%n examen sera rapatrié.</numerusform>
            <numerusform>%n examens seront rapatriés.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is selected is here already.</source>
        <translation>Ce qui est choisi est déjà ici.</translation>
    </message>
    <message>
        <source>Patient ID copied.</source>
        <translation>Identifiant du patient copié.</translation>
    </message>
    <message>
        <source>Accession number copied.</source>
        <translation>Numéro de demande copié.</translation>
    </message>
    <message>
        <source>Study Instance UID copied.</source>
        <translation>Study Instance UID copié.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::FoundTable</name>
    <message>
        <source>Only in an archive: nothing of it is on this workstation.</source>
        <translation>Seulement dans une archive : rien n&apos;est sur cette station.</translation>
    </message>
    <message>
        <source>Partly here: an archive has more images than this workstation.</source>
        <translation>En partie ici : une archive a plus d&apos;images que cette station.</translation>
    </message>
    <message>
        <source>Another source tells another patient for this study: both rows are shown, nothing was merged.</source>
        <translation>Une autre source indique un autre patient pour cet examen : les deux lignes sont affichées, rien n&apos;a été fusionné.</translation>
    </message>
    <message>
        <source>Partly here: %1 of %2 images.</source>
        <translation>En partie ici : %1 images sur %2.</translation>
    </message>
    <message>
        <source>Found studies</source>
        <translation>Examens trouvés</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::FoundTableWords</name>
    <message>
        <source>here</source>
        <comment>a source of a study</comment>
        <translation>ici</translation>
    </message>
    <message>
        <source>Where</source>
        <comment>header: the sources of a study</comment>
        <translation>Où</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::GeneralPage</name>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Celle du système</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>La langue change au prochain démarrage.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Dark, for the reading room</source>
        <translation>Sombre, pour la salle de lecture</translation>
    </message>
    <message>
        <source>Bright, for wards</source>
        <translation>Clair, pour les services</translation>
    </message>
    <message>
        <source>Rows and buttons</source>
        <translation>Lignes et boutons</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normaux</translation>
    </message>
    <message>
        <source>Close together</source>
        <translation>Resserrés</translation>
    </message>
    <message>
        <source>Size of letters</source>
        <translation>Taille des lettres</translation>
    </message>
    <message>
        <source> px</source>
        <comment>unit after a number</comment>
        <translation> px</translation>
    </message>
    <message>
        <source>Memory for images</source>
        <translation>Mémoire pour les images</translation>
    </message>
    <message>
        <source> MiB</source>
        <comment>unit after a number</comment>
        <translation> Mio</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>Largest size of the cache</source>
        <translation>Taille maximale du cache</translation>
    </message>
    <message>
        <source> GiB</source>
        <comment>unit after a number</comment>
        <translation> Gio</translation>
    </message>
    <message>
        <source>What the disk allows</source>
        <translation>Ce que permet le disque</translation>
    </message>
    <message>
        <source>Memory and cache change at the next start.</source>
        <translation>Mémoire et cache changent au prochain démarrage.</translation>
    </message>
    <message>
        <source>Set by the administrator of this station.</source>
        <translation>Fixé par l&apos;administrateur de ce poste.</translation>
    </message>
    <message>
        <source>Relevant earlier exams to fetch</source>
        <translation>Examens antérieurs pertinents à rapatrier</translation>
    </message>
    <message>
        <source>None by themselves</source>
        <translation>Aucun d&apos;office</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::HelpWindow</name>
    <message>
        <source>Negatoscope - help</source>
        <translation>Negatoscope - aide</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>Pages de l&apos;aide</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Examens</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Touches et souris</translation>
    </message>
    <message>
        <source>What to watch for</source>
        <translation>À surveiller</translation>
    </message>
    <message>
        <source>About Negatoscope</source>
        <translation>À propos de Negatoscope</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Mouse in a viewport</source>
        <translation>Souris dans une vue</translation>
    </message>
    <message>
        <source>Gesture</source>
        <translation>Geste</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Font</translation>
    </message>
    <message>
        <source>Not for primary diagnosis until certified.</source>
        <translation>Non destiné au diagnostic primaire tant qu&apos;il n&apos;est pas certifié.</translation>
    </message>
    <message>
        <source>A radiology workstation. Free software under the Apache License 2.0.</source>
        <translation>Une station de lecture radiologique. Logiciel libre sous licence Apache 2.0.</translation>
    </message>
    <message>
        <source>Help at this site: %1</source>
        <translation>Aide sur ce site : %1</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Fait avec</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ImportStrip</name>
    <message>
        <source>Import</source>
        <translation>Importation</translation>
    </message>
    <message>
        <source>Import progress</source>
        <translation>Avancement de l&apos;importation</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>%1 of %2 files so far</source>
        <translation>%1 fichiers sur %2 trouvés jusqu&apos;ici</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 fichiers sur %2</translation>
    </message>
    <message>
        <source>Importing: %1</source>
        <translation>Importation : %1</translation>
    </message>
    <message>
        <source>Reading: %1</source>
        <translation>Lecture : %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more job(s) waiting</source>
        <translation>
            <numerusform>%n autre tâche en attente</numerusform>
            <numerusform>%n autres tâches en attente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) refused</source>
        <translation>
            <numerusform>%n fichier refusé</numerusform>
            <numerusform>%n fichiers refusés</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; what had been imported stays.</source>
        <translation>Annulé ; ce qui a été importé reste.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added.</source>
        <translation>
            <numerusform>%n image ajoutée.</numerusform>
            <numerusform>%n images ajoutées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n was (were) already there.</source>
        <translation>
            <numerusform>%n était déjà présente.</numerusform>
            <numerusform>%n étaient déjà présentes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differ(s) from what is here and was kept aside.</source>
        <translation>
            <numerusform>%n diffère de celle qui est ici et a été mise à part.</numerusform>
            <numerusform>%n diffèrent de celles qui sont ici et ont été mises à part.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show which files were refused and why</source>
        <translation>Montrer quels fichiers ont été refusés et pourquoi</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ignored</source>
        <translation>
            <numerusform>%n fichier ignoré</numerusform>
            <numerusform>%n fichiers ignorés</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused files</source>
        <translation>Fichiers refusés</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::KeyCapture</name>
    <message>
        <source>Press a key…</source>
        <translation>Appuyer sur une touche…</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::KeysPage</name>
    <message>
        <source>Search actions and keys</source>
        <translation>Rechercher des actions et des touches</translation>
    </message>
    <message>
        <source>Search: action or key</source>
        <translation>Rechercher : action ou touche</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Les actions et leurs touches</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Change key…</source>
        <translation>Changer la touche…</translation>
    </message>
    <message>
        <source>Then press the only key that the action will have</source>
        <translation>Appuyer ensuite sur la seule touche qu&apos;aura l&apos;action</translation>
    </message>
    <message>
        <source>Add key…</source>
        <translation>Ajouter une touche…</translation>
    </message>
    <message>
        <source>Then press one more key for the action</source>
        <translation>Appuyer ensuite sur une touche de plus pour l&apos;action</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Aucune touche</translation>
    </message>
    <message>
        <source>Take all keys from the action</source>
        <translation>Retirer toutes ses touches à l&apos;action</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>The keys it was delivered with</source>
        <translation>Les touches d&apos;origine</translation>
    </message>
    <message>
        <source>Take the key from there</source>
        <translation>Reprendre la touche</translation>
    </message>
    <message>
        <source>%1 also: %2</source>
        <comment>note: key, other action</comment>
        <translation>%1 aussi : %2</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>changé</translation>
    </message>
    <message>
        <source>%1 is also the key of: %2. It does nothing until one of them lets it go.</source>
        <translation>%1 est aussi la touche de : %2. Elle ne fait rien tant que l&apos;une d&apos;elles ne la cède pas.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::LayoutPicker</name>
    <message>
        <source>Rows and columns of viewports</source>
        <translation>Rangées et colonnes de vues</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>layout: rows by columns</comment>
        <translation>%1 × %2</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::LinkControls</name>
    <message>
        <source>Linked viewports</source>
        <translation>Vues liées</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ModalityActions</name>
    <message>
        <source>Colour table</source>
        <translation>Table de couleurs</translation>
    </message>
    <message>
        <source>Subtraction</source>
        <translation>Soustraction</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::MousePage</name>
    <message>
        <source>Gestures and what they do</source>
        <translation>Les gestes et ce qu&apos;ils font</translation>
    </message>
    <message>
        <source>Gesture in a viewport</source>
        <translation>Geste dans une vue</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Maj</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Hold a key…</source>
        <translation>Maintenir une touche…</translation>
    </message>
    <message>
        <source>Then press the key that is to be held during the gesture</source>
        <translation>Appuyer ensuite sur la touche à maintenir pendant le geste</translation>
    </message>
    <message>
        <source>No held key</source>
        <translation>Sans touche maintenue</translation>
    </message>
    <message>
        <source>Mouse button</source>
        <translation>Bouton de la souris</translation>
    </message>
    <message>
        <source>Kind of gesture</source>
        <translation>Genre de geste</translation>
    </message>
    <message>
        <source>What the gesture does</source>
        <translation>Ce que fait le geste</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Affecter</translation>
    </message>
    <message>
        <source>Let the gesture do this</source>
        <translation>Le geste fera ceci</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libérer</translation>
    </message>
    <message>
        <source>Let the gesture do nothing</source>
        <translation>Le geste ne fera rien</translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>gesture, before what it does</comment>
        <translation>%1 :</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PatientBanner</name>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>The objects of this study disagree on who the patient is.</source>
        <translation>Les objets de cet examen ne s&apos;accordent pas sur l&apos;identité du patient.</translation>
    </message>
    <message>
        <source>No study is open.</source>
        <translation>Aucun examen n&apos;est ouvert.</translation>
    </message>
    <message>
        <source>%1 of %2 images are here</source>
        <translation>%1 images sur %2 sont ici</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PersonQuestionBar</name>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>no date of birth</source>
        <translation>sans date de naissance</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>né(e) le %1</translation>
    </message>
    <message>
        <source>no patient ID</source>
        <translation>sans identifiant de patient</translation>
    </message>
    <message>
        <source>This is another patient. Show both?</source>
        <translation>C&apos;est un autre patient. Afficher les deux ?</translation>
    </message>
    <message>
        <source>The study on screen has no patient ID: it is not known whether both are of one patient. Show both?</source>
        <translation>L&apos;examen affiché n&apos;a pas d&apos;identifiant de patient : on ne sait pas si les deux sont du même patient. Afficher les deux ?</translation>
    </message>
    <message>
        <source>The study asked for has no patient ID: it is not known whether both are of one patient. Show both?</source>
        <translation>L&apos;examen demandé n&apos;a pas d&apos;identifiant de patient : on ne sait pas si les deux sont du même patient. Afficher les deux ?</translation>
    </message>
    <message>
        <source>The same patient ID, but another name or date of birth: it is not known whether both are of one patient. Show both?</source>
        <translation>Même identifiant de patient, mais un autre nom ou une autre date de naissance : on ne sait pas si les deux sont du même patient. Afficher les deux ?</translation>
    </message>
    <message>
        <source>The objects of one of these studies disagree on who the patient is: it is not known whether both are of one patient. Show both?</source>
        <translation>Les objets d&apos;un de ces examens ne s&apos;accordent pas sur le patient : on ne sait pas si les deux sont du même patient. Afficher les deux ?</translation>
    </message>
    <message>
        <source>Another patient?</source>
        <translation>Un autre patient ?</translation>
    </message>
    <message>
        <source>Asked for:</source>
        <translation>Demandé :</translation>
    </message>
    <message>
        <source>Show both</source>
        <translation>Afficher les deux</translation>
    </message>
    <message>
        <source>Shown here:</source>
        <translation>Affiché ici :</translation>
    </message>
    <message>
        <source>Shown in window %1:</source>
        <translation>Affiché dans la fenêtre %1 :</translation>
    </message>
    <message>
        <source>Open in its place</source>
        <translation>Ouvrir à sa place</translation>
    </message>
    <message>
        <source>Close what is shown there</source>
        <translation>Fermer ce qui y est affiché</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PlacesPanel</name>
    <message>
        <source>Archives…</source>
        <translation>Archives…</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Où chercher</translation>
    </message>
    <message>
        <source>The settings of the archives: add, change, test</source>
        <translation>Les paramètres des archives : ajouter, modifier, tester</translation>
    </message>
    <message>
        <source>Look in</source>
        <translation>Chercher dans</translation>
    </message>
    <message>
        <source>This workstation</source>
        <translation>Cette station</translation>
    </message>
    <message>
        <source>Studies in the local cache</source>
        <translation>Examens du cache local</translation>
    </message>
    <message>
        <source>All archives</source>
        <translation>Toutes les archives</translation>
    </message>
    <message>
        <source>This workstation and every archive, asked at once</source>
        <translation>Cette station et toutes les archives, interrogées ensemble</translation>
    </message>
    <message>
        <source>The archive %1 alone</source>
        <translation>L&apos;archive %1 seule</translation>
    </message>
    <message>
        <source>Not encrypted: patient data crosses the network in clear.</source>
        <translation>Non chiffré : les données des patients traversent le réseau en clair.</translation>
    </message>
    <message>
        <source>Worklists</source>
        <translation>Listes de travail</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) at %1</source>
        <translation>
            <numerusform>%n examen à %1</numerusform>
            <numerusform>%n examens à %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Add an archive…</source>
        <translation>Ajouter une archive…</translation>
    </message>
    <message>
        <source>Change this worklist…</source>
        <translation>Modifier cette liste de travail…</translation>
    </message>
    <message>
        <source>Remove this worklist</source>
        <translation>Supprimer cette liste de travail</translation>
    </message>
    <message>
        <source>Save the search as a worklist…</source>
        <translation>Enregistrer la recherche comme liste de travail…</translation>
    </message>
    <message>
        <source>Settings of the archives…</source>
        <translation>Paramètres des archives…</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PlaneActions</name>
    <message>
        <source>Slab</source>
        <translation>Coupe épaisse</translation>
    </message>
    <message>
        <source>Step of scrolling</source>
        <translation>Pas du défilement</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PresetsPage</name>
    <message>
        <source>A preset needs a name. What is written here is not kept.</source>
        <translation>Un préréglage doit porter un nom. Ce qui est saisi ici n’est pas conservé.</translation>
    </message>
    <message>
        <source>Another preset of this modality has this name: the corner text could not tell them apart. What is written here is not kept.</source>
        <translation>Un autre préréglage de cette modalité porte ce nom : le texte des coins ne pourrait pas les distinguer. Ce qui est saisi ici n’est pas conservé.</translation>
    </message>
    <message>
        <source>A window is at least 1 wide. What is written here is not kept.</source>
        <translation>Une fenêtre a une largeur d’au moins 1. Ce qui est saisi ici n’est pas conservé.</translation>
    </message>
    <message>
        <source>There are nine presets already, one for each digit.</source>
        <translation>Il y a déjà neuf préréglages, un par chiffre.</translation>
    </message>
    <message>
        <source>New preset</source>
        <translation>Nouveau préréglage</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>name of a new preset, number</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalité</translation>
    </message>
    <message>
        <source>Window presets of the modality</source>
        <translation>Préréglages de fenêtre de la modalité</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Touche</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Nom du préréglage</translation>
    </message>
    <message>
        <source>Centre of the window</source>
        <translation>Centre de la fenêtre</translation>
    </message>
    <message>
        <source>Width of the window</source>
        <translation>Largeur de la fenêtre</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>One more preset, after the last one</source>
        <translation>Un préréglage de plus, après le dernier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Take the selected preset away</source>
        <translation>Retirer le préréglage choisi</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Give the selected preset the digit before</source>
        <translation>Donner au préréglage choisi le chiffre précédent</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Give the selected preset the next digit</source>
        <translation>Donner au préréglage choisi le chiffre suivant</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Bring back the presets as this page found them</source>
        <translation>Rétablir les préréglages tels qu’ils étaient à l’ouverture de la page</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Comme livré</translation>
    </message>
    <message>
        <source>The presets that this modality was delivered with</source>
        <translation>Les préréglages livrés pour cette modalité</translation>
    </message>
    <message>
        <source>This modality has no presets: its digits do nothing. 0 brings back the image&apos;s own window.</source>
        <translation>Cette modalité n’a pas de préréglage : ses chiffres sont sans effet. 0 rétablit la fenêtre de l’image.</translation>
    </message>
    <message>
        <source>Changes hold at once, in open windows too. 0 brings back the image&apos;s own window.</source>
        <translation>Les changements valent aussitôt, aussi dans les fenêtres ouvertes. 0 rétablit la fenêtre de l’image.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PrintWindow</name>
    <message>
        <source>Previous page</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Negatoscope - print</source>
        <translation>Negatoscope - impression</translation>
    </message>
    <message>
        <source>What is printed</source>
        <translation>Ce qui est imprimé</translation>
    </message>
    <message>
        <source>The active viewport</source>
        <translation>La vue active</translation>
    </message>
    <message>
        <source>All viewports together</source>
        <translation>Toutes les vues ensemble</translation>
    </message>
    <message>
        <source>Each viewport on a page</source>
        <translation>Une vue par page</translation>
    </message>
    <message>
        <source>Orientation of the paper</source>
        <translation>Orientation du papier</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Portrait</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Paysage</translation>
    </message>
    <message>
        <source>Size of the paper</source>
        <translation>Format du papier</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Imprimante</translation>
    </message>
    <message>
        <source>PDF file</source>
        <translation>Fichier PDF</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>Orientation</translation>
    </message>
    <message>
        <source>Each picture keeps its letters, marks and scale bar, and says whom it shows.</source>
        <translation>Chaque image garde ses lettres, ses marques et sa barre d&apos;échelle, et dit de qui elle est.</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Enregistrer en PDF…</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Page %1 sur %2</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Enregistrer en PDF</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>images</source>
        <comment>name of a file</comment>
        <translation>images</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Écriture…</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Écrit dans %1.</translation>
    </message>
    <message>
        <source>Sending to the printer…</source>
        <translation>Envoi à l&apos;imprimante…</translation>
    </message>
    <message>
        <source>The printer %1 does not take the pages; choose another one or save a PDF file.</source>
        <translation>L&apos;imprimante %1 n&apos;accepte pas les pages ; en choisir une autre ou enregistrer un fichier PDF.</translation>
    </message>
    <message>
        <source>Sent to %1.</source>
        <translation>Envoyé à %1.</translation>
    </message>
    <message>
        <source>Not written: the disk is full.</source>
        <translation>Non écrit : le disque est plein.</translation>
    </message>
    <message>
        <source>Not written: this folder cannot be written to.</source>
        <translation>Non écrit : impossible d&apos;écrire dans ce dossier.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PriorsPanel</name>
    <message>
        <source>Here.</source>
        <translation>Ici.</translation>
    </message>
    <message>
        <source>Here, and in %1.</source>
        <translation>Ici, et dans %1.</translation>
    </message>
    <message>
        <source>Partly here.</source>
        <translation>En partie ici.</translation>
    </message>
    <message>
        <source>Partly here; all of it is in %1.</source>
        <translation>En partie ici ; en entier dans %1.</translation>
    </message>
    <message>
        <source>Only in %1: it is fetched when you open it.</source>
        <comment>archives</comment>
        <translation>Seulement dans %1 : rapatrié à l&apos;ouverture.</translation>
    </message>
    <message>
        <source>Perhaps another person: %1.</source>
        <translation>Peut-être une autre personne : %1.</translation>
    </message>
    <message>
        <source>later than this exam</source>
        <translation>postérieur à cet examen</translation>
    </message>
    <message>
        <source>Why: %1.</source>
        <translation>Pourquoi : %1.</translation>
    </message>
    <message>
        <source>Perhaps another person</source>
        <translation>Peut-être une autre personne</translation>
    </message>
    <message>
        <source>no description</source>
        <translation>sans description</translation>
    </message>
    <message>
        <source>Other exams of this patient</source>
        <translation>Autres examens de ce patient</translation>
    </message>
    <message numerus="yes">
        <source>%n other exam(s)</source>
        <translation>
            <numerusform>%n autre examen</numerusform>
            <numerusform>%n autres examens</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, asking archives…</source>
        <translation>%1, archives interrogées…</translation>
    </message>
    <message>
        <source>%1 has not answered: there may be more.</source>
        <translation>%1 n&apos;a pas répondu : il peut y en avoir d&apos;autres.</translation>
    </message>
    <message>
        <source>%1 has more exams than it told.</source>
        <translation>%1 a plus d&apos;examens qu&apos;annoncé.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ProfileBar</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Ready-made profile of keys and mouse</source>
        <translation>Profil tout prêt de touches et souris</translation>
    </message>
    <message>
        <source>Profile: as delivered</source>
        <translation>Profil : d&apos;origine</translation>
    </message>
    <message>
        <source>Profile: %1</source>
        <translation>Profil : %1</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>Replace all keys and mouse by the profile</source>
        <translation>Remplacer toutes les touches et la souris par le profil</translation>
    </message>
    <message>
        <source>Bring back the keys and mouse from before the last profile</source>
        <translation>Retrouver les touches et la souris d&apos;avant le dernier profil</translation>
    </message>
    <message>
        <source>As before.</source>
        <translation>Comme avant.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Take keys and mouse from a file</source>
        <translation>Prendre touches et souris dans un fichier</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Write keys and mouse to a file</source>
        <translation>Écrire touches et souris dans un fichier</translation>
    </message>
    <message>
        <source>Keys and mouse are now those of the profile.</source>
        <translation>Touches et souris sont maintenant celles du profil.</translation>
    </message>
    <message>
        <source>Import keys and mouse</source>
        <translation>Importer touches et souris</translation>
    </message>
    <message>
        <source>Profiles (*.json)</source>
        <translation>Profils (*.json)</translation>
    </message>
    <message>
        <source>The file is empty or cannot be read.</source>
        <translation>Le fichier est vide ou illisible.</translation>
    </message>
    <message>
        <source>Export keys and mouse</source>
        <translation>Exporter touches et souris</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Écrit dans %1.</translation>
    </message>
    <message>
        <source>The file cannot be written.</source>
        <translation>Le fichier ne peut pas être écrit.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ReadingWindow</name>
    <message>
        <source>Negatoscope</source>
        <translation>Negatoscope</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Not for primary diagnosis</source>
        <translation>Non destiné au diagnostic primaire</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Fenêtres</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>Fenêtres prédéfinies</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Disposition</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <comment>preset: name (window)</comment>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>Enlarged pixels</source>
        <translation>Pixels agrandis</translation>
    </message>
    <message>
        <source>No true size: this image does not say how large its pixels are.</source>
        <translation>Pas de taille réelle : cette image ne dit pas la taille de ses pixels.</translation>
    </message>
    <message>
        <source>No true size: the millimetres of this image are those at the detector, where the patient appears enlarged.</source>
        <translation>Pas de taille réelle : les millimètres de cette image sont ceux du détecteur, où le patient apparaît agrandi.</translation>
    </message>
    <message>
        <source>No true size: the millimetres of this image are those of a scanned film.</source>
        <translation>Pas de taille réelle : les millimètres de cette image sont ceux d&apos;un film numérisé.</translation>
    </message>
    <message>
        <source>No true size: this screen does not say how large it is.</source>
        <translation>Pas de taille réelle : cet écran n&apos;indique pas ses dimensions.</translation>
    </message>
    <message>
        <source>Action</source>
        <comment>kind of command</comment>
        <translation>Action</translation>
    </message>
    <message>
        <source>Series</source>
        <comment>kind of command</comment>
        <translation>Série</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>Negatoscope, window %1</source>
        <translation>Negatoscope, fenêtre %1</translation>
    </message>
    <message>
        <source>%1 - %2</source>
        <comment>window title: patient - program</comment>
        <translation>%1 - %2</translation>
    </message>
    <message>
        <source>Another patient is shown here: %1</source>
        <translation>Un autre patient est affiché ici : %1</translation>
    </message>
    <message>
        <source>Another patient is open in window %1</source>
        <comment>one or several numbers</comment>
        <translation>Un autre patient est ouvert dans la fenêtre %1</translation>
    </message>
    <message>
        <source>Window preset</source>
        <comment>kind of command</comment>
        <translation>Fenêtrage prédéfini</translation>
    </message>
    <message>
        <source>More tools</source>
        <translation>Autres outils</translation>
    </message>
    <message>
        <source>Commands, settings and help</source>
        <translation>Commandes, réglages et aide</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::RenderedActions</name>
    <message>
        <source>Look</source>
        <translation>Rendu</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::SendStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Progress of sending</source>
        <translation>Avancement de l&apos;envoi</translation>
    </message>
    <message>
        <source>Sending to %1: %2 of %3 images</source>
        <translation>Envoi vers %1 : %2 images sur %3</translation>
    </message>
    <message numerus="yes">
        <source>%n more order(s) waiting</source>
        <translation>
            <numerusform>%n autre envoi en attente</numerusform>
            <numerusform>%n autres envois en attente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n image(s) sent to %2.</source>
        <translation>
            <numerusform>%1 image sur %n envoyée vers %2.</numerusform>
            <numerusform>%1 images sur %n envoyées vers %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message numerus="yes">
        <source>%n was (were) kept, but not as sent.</source>
        <translation>
            <numerusform>%n a été conservée, mais pas telle qu&apos;envoyée.</numerusform>
            <numerusform>%n ont été conservées, mais pas telles qu&apos;envoyées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::SeriesStrip</name>
    <message>
        <source>no image to show</source>
        <translation>aucune image à afficher</translation>
    </message>
    <message>
        <source>Series of the study</source>
        <translation>Séries de l&apos;examen</translation>
    </message>
    <message>
        <source>video, not yet playable: %1</source>
        <translation>vidéo, pas encore lisible : %1</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::SeriesStripWords</name>
    <message>
        <source>shown in a viewport</source>
        <translation>affichée dans une vue</translation>
    </message>
    <message>
        <source>Another patient: %1</source>
        <translation>Autre patient : %1</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::SettingsWindow</name>
    <message>
        <source>General</source>
        <translation>Général</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Souris</translation>
    </message>
    <message>
        <source>Negatoscope - settings</source>
        <translation>Negatoscope - réglages</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Pages des réglages</translation>
    </message>
    <message>
        <source>Displays</source>
        <translation>Écrans</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>Préréglages de fenêtre</translation>
    </message>
    <message>
        <source>Corner text</source>
        <translation>Texte des coins</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archives</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyActs</name>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>Study of %1 deleted.</source>
        <translation>Examen de %1 supprimé.</translation>
    </message>
    <message numerus="yes">
        <source>%n studies deleted.</source>
        <translation>
            <numerusform>%n examen supprimé.</numerusform>
            <numerusform>%n examens supprimés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Study of %1 is back.</source>
        <translation>Examen de %1 rétabli.</translation>
    </message>
    <message numerus="yes">
        <source>%n studies are back.</source>
        <translation>
            <numerusform>%n examen rétabli.</numerusform>
            <numerusform>%n examens rétablis.</numerusform>
        </translation>
    </message>
    <message>
        <source>Study of %1 is kept: it is never removed to make room.</source>
        <translation>Examen de %1 conservé : il n’est jamais retiré pour faire de la place.</translation>
    </message>
    <message numerus="yes">
        <source>%n studies are kept: never removed to make room.</source>
        <translation>
            <numerusform>%n examen conservé : jamais retiré pour faire de la place.</numerusform>
            <numerusform>%n examens conservés : jamais retirés pour faire de la place.</numerusform>
        </translation>
    </message>
    <message>
        <source>Study of %1 may be removed again to make room.</source>
        <translation>L’examen de %1 peut de nouveau être retiré pour faire de la place.</translation>
    </message>
    <message numerus="yes">
        <source>%n studies may be removed again to make room.</source>
        <translation>
            <numerusform>%n examen peut de nouveau être retiré pour faire de la place.</numerusform>
            <numerusform>%n examens peuvent de nouveau être retirés pour faire de la place.</numerusform>
        </translation>
    </message>
    <message>
        <source>A study that is open in a reading window cannot be deleted: close it there first. Nothing was deleted.</source>
        <translation>Un examen ouvert dans une fenêtre de lecture ne peut pas être supprimé : fermez-le d’abord. Rien n’a été supprimé.</translation>
    </message>
    <message>
        <source>Only studies in the local cache can be kept: import the study first.</source>
        <translation>Seuls les examens du cache local peuvent être conservés : importez d’abord l’examen.</translation>
    </message>
    <message>
        <source>Deleted studies can be brought back for 24 hours. After that their files are removed at the next start, or sooner if the disk needs the room.</source>
        <translation>Les examens supprimés peuvent être rétablis pendant 24 heures. Ensuite leurs fichiers sont retirés au démarrage suivant, ou plus tôt si le disque manque de place.</translation>
    </message>
    <message>
        <source>No file of the study of %1 was kept aside.</source>
        <translation>Aucun fichier de l’examen de %1 n’a été mis de côté.</translation>
    </message>
    <message>
        <source>Patient ID copied.</source>
        <translation>Identifiant du patient copié.</translation>
    </message>
    <message>
        <source>Accession number copied.</source>
        <translation>Numéro de demande copié.</translation>
    </message>
    <message>
        <source>Study Instance UID copied.</source>
        <translation>Study Instance UID copié.</translation>
    </message>
    <message>
        <source>Bring back: %1</source>
        <translation>Rétablir : %1</translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n supprimé</numerusform>
            <numerusform>%n supprimés</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>Send %n study(ies) to</source>
        <translation>
            <numerusform>Envoyer %n examen vers</numerusform>
            <numerusform>Envoyer %n examens vers</numerusform>
        </translation>
    </message>
    <message>
        <source>Add an archive…</source>
        <translation>Ajouter une archive…</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyFilterBar</name>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Search studies</source>
        <translation>Chercher des examens</translation>
    </message>
    <message>
        <source>Search: name, patient ID, accession number, description</source>
        <translation>Chercher : nom, identifiant, numéro de demande, description</translation>
    </message>
    <message>
        <source>Show all studies again (Esc in the search)</source>
        <translation>Afficher de nouveau tous les examens (Échap dans la recherche)</translation>
    </message>
    <message>
        <source>All dates</source>
        <translation>Toutes les dates</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd&apos;hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 jours</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Cette année</translation>
    </message>
    <message>
        <source>From… to…</source>
        <translation>Du… au…</translation>
    </message>
    <message>
        <source>Study date: %1</source>
        <translation>Date de l’examen : %1</translation>
    </message>
    <message>
        <source>First study date</source>
        <translation>Première date d’examen</translation>
    </message>
    <message>
        <source>Last study date</source>
        <translation>Dernière date d’examen</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalité</translation>
    </message>
    <message>
        <source>Modality: one or several</source>
        <translation>Modalité : une ou plusieurs</translation>
    </message>
    <message>
        <source>All modalities</source>
        <translation>Toutes les modalités</translation>
    </message>
    <message>
        <source>More</source>
        <comment>further search fields</comment>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Search by patient ID, issuer, accession number, description, referring physician or institution alone</source>
        <translation>Chercher par identifiant de patient, émetteur, numéro de demande, description, médecin prescripteur ou établissement seulement</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>Identifiant du patient</translation>
    </message>
    <message>
        <source>Issuer of the patient ID</source>
        <translation>Émetteur de l&apos;identifiant</translation>
    </message>
    <message>
        <source>Accession number</source>
        <translation>Numéro de demande</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Referring physician</source>
        <translation>Médecin prescripteur</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Établissement</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyLegend</name>
    <message>
        <source>Signs of the study list</source>
        <translation>Signes de la liste des examens</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyListWindow</name>
    <message>
        <source>Negatoscope - studies</source>
        <translation>Negatoscope - examens</translation>
    </message>
    <message>
        <source>Not for primary diagnosis</source>
        <translation>Non destiné au diagnostic primaire</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Importer des fichiers…</translation>
    </message>
    <message>
        <source>Copy DICOM files or ZIP files into the local cache</source>
        <translation>Copier des fichiers DICOM ou ZIP dans le cache local</translation>
    </message>
    <message>
        <source>Import folder…</source>
        <translation>Importer un dossier…</translation>
    </message>
    <message>
        <source>Copy a folder, a disc or a stick with all its folders into the local cache</source>
        <translation>Copier un dossier, un disque ou une clé avec tous ses dossiers dans le cache local</translation>
    </message>
    <message>
        <source>Open without copying…</source>
        <translation>Ouvrir sans copier…</translation>
    </message>
    <message>
        <source>Read a folder or a disc where it lies; nothing is copied or kept</source>
        <translation>Lire un dossier ou un disque sur place ; rien n&apos;est copié ni gardé</translation>
    </message>
    <message>
        <source>Show all studies</source>
        <translation>Montrer tous les examens</translation>
    </message>
    <message>
        <source>No studies yet</source>
        <translation>Pas encore d&apos;examen</translation>
    </message>
    <message>
        <source>No study found</source>
        <translation>Aucun examen trouvé</translation>
    </message>
    <message>
        <source>Import files, a folder or a disc, or drop them onto this window.</source>
        <translation>Importez des fichiers, un dossier ou un disque, ou déposez-les sur cette fenêtre.</translation>
    </message>
    <message>
        <source>No study matches the search and the filters; check the spelling or show all studies.</source>
        <translation>Aucun examen ne répond à la recherche et aux filtres ; vérifiez l&apos;orthographe ou montrez tous les examens.</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies)</source>
        <translation>
            <numerusform>%n examen</numerusform>
            <numerusform>%n examens</numerusform>
        </translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>Importer des fichiers</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Importer un dossier</translation>
    </message>
    <message>
        <source>Open a folder without copying</source>
        <translation>Ouvrir un dossier sans copier</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>Signes</translation>
    </message>
    <message>
        <source>What the signs of the list mean</source>
        <translation>Signification des signes de la liste</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n study(ies)</source>
        <translation>
            <numerusform>%1 sur %n examen</numerusform>
            <numerusform>%1 sur %n examens</numerusform>
        </translation>
    </message>
    <message>
        <source>The last import refused no file.</source>
        <translation>La dernière importation n’a refusé aucun fichier.</translation>
    </message>
    <message>
        <source>Worklist %1 removed.</source>
        <translation>Liste de travail %1 supprimée.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyPreviewPanel</name>
    <message>
        <source>Selected study</source>
        <translation>Examen choisi</translation>
    </message>
    <message>
        <source>Series of the selected study</source>
        <translation>Séries de l&apos;examen choisi</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open the study (Return)</source>
        <translation>Ouvrir l&apos;examen (Entrée)</translation>
    </message>
    <message>
        <source>Open beside</source>
        <translation>Ouvrir à côté</translation>
    </message>
    <message>
        <source>No study is selected.</source>
        <translation>Aucun examen n&apos;est choisi.</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n série</numerusform>
            <numerusform>%n séries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) of this patient</source>
        <translation>
            <numerusform>%n examen de ce patient</numerusform>
            <numerusform>%n examens de ce patient</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) without an image</source>
        <translation>
            <numerusform>%n objet sans image</numerusform>
            <numerusform>%n objets sans image</numerusform>
        </translation>
    </message>
    <message>
        <source>Open beside what is on screen, in the same window (Shift+Enter)</source>
        <translation>Ouvrir à côté de ce qui est affiché, dans la même fenêtre (Maj+Entrée)</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyTable</name>
    <message>
        <source>Complete: every image that the source listed is here.</source>
        <translation>Complet : toutes les images annoncées par la source sont ici.</translation>
    </message>
    <message>
        <source>Incomplete: images that the source listed are missing.</source>
        <translation>Incomplet : des images annoncées par la source manquent.</translation>
    </message>
    <message>
        <source>Completeness unknown: the source gave no list of images.</source>
        <translation>Complétude inconnue : la source n&apos;a pas donné de liste d&apos;images.</translation>
    </message>
    <message>
        <source>The objects of this study disagree on who the patient is.</source>
        <translation>Les objets de cet examen ne s&apos;accordent pas sur l&apos;identité du patient.</translation>
    </message>
    <message>
        <source>Opened where it lies; nothing was copied.</source>
        <translation>Ouvert sur place ; rien n&apos;a été copié.</translation>
    </message>
    <message>
        <source>Kept: never removed to make room.</source>
        <translation>Gardé : jamais retiré pour faire de la place.</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Examens</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyTableWords</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Né(e) le</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>Date de l&apos;examen</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalité</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Accession</source>
        <translation>N° de demande</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Séries</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>no patient name</source>
        <translation>sans nom de patient</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyTimeline</name>
    <message>
        <source>Studies of this patient</source>
        <translation>Examens de ce patient</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>Ouvrir : %1</translation>
    </message>
    <message>
        <source>Open beside: %1</source>
        <translation>Ouvrir à côté : %1</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::TransferStrip</name>
    <message>
        <source>Transfers</source>
        <translation>Transferts</translation>
    </message>
    <message>
        <source>Progress of the transfer</source>
        <translation>Avancement du transfert</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Transfers…</source>
        <translation>Transferts…</translation>
    </message>
    <message>
        <source>Show everything that comes from archives</source>
        <translation>Afficher tout ce qui arrive des archives</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>(%n more)</source>
        <comment>other transfers</comment>
        <translation>
            <numerusform>(%n autre)</numerusform>
            <numerusform>(%n autres)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::TransferTableWords</name>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Images here</source>
        <translation>Images présentes</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps restant</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::TransfersWindow</name>
    <message>
        <source>Transfers</source>
        <translation>Transferts</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Mettre en pause</translation>
    </message>
    <message>
        <source>Stop what is selected until it is resumed (Space)</source>
        <translation>Arrêter ce qui est sélectionné jusqu&apos;à sa reprise (Espace)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Begin what is selected now, without waiting (F5)</source>
        <translation>Commencer maintenant ce qui est sélectionné, sans attendre (F5)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Take what is selected out of the list; what has arrived stays here (Del)</source>
        <translation>Retirer de la liste ce qui est sélectionné ; ce qui est arrivé reste ici (Suppr)</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Tout mettre en pause</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Tout annuler</translation>
    </message>
    <message>
        <source>Take everything that has not ended out of the list; what has arrived stays</source>
        <translation>Retirer de la liste tout ce qui n&apos;est pas terminé ; ce qui est arrivé reste</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>Effacer les terminés</translation>
    </message>
    <message>
        <source>Take everything that has ended out of the list</source>
        <translation>Retirer de la liste tout ce qui est terminé</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Tout reprendre</translation>
    </message>
    <message>
        <source>Nothing comes from an archive now.</source>
        <translation>Rien n&apos;arrive d&apos;une archive en ce moment.</translation>
    </message>
    <message numerus="yes">
        <source>%n study(studies) on its (their) way. What runs when the program ends goes on with the next start.</source>
        <translation>
            <numerusform>%n examen en route. Ce qui est en cours quand le programme se termine continue au démarrage suivant.</numerusform>
            <numerusform>%n examens en route. Ce qui est en cours quand le programme se termine continue au démarrage suivant.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is on its way.</source>
        <translation>Rien n&apos;est en route.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ViewOutput</name>
    <message>
        <source>Copy, save, print</source>
        <translation>Copier, enregistrer, imprimer</translation>
    </message>
    <message>
        <source>There is no picture to copy.</source>
        <translation>Il n&apos;y a pas d&apos;image à copier.</translation>
    </message>
    <message>
        <source>There is no picture to save.</source>
        <translation>Il n&apos;y a pas d&apos;image à enregistrer.</translation>
    </message>
    <message>
        <source>Save the view as a picture</source>
        <translation>Enregistrer la vue comme image</translation>
    </message>
    <message>
        <source>PNG picture, exact (*.png)</source>
        <translation>Image PNG, exacte (*.png)</translation>
    </message>
    <message>
        <source>JPEG picture, lossy (*.jpg *.jpeg)</source>
        <translation>Image JPEG, avec perte (*.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>image %1</source>
        <comment>name of a file</comment>
        <translation>image %1</translation>
    </message>
    <message>
        <source>Not saved: the disk is full.</source>
        <translation>Non enregistré : le disque est plein.</translation>
    </message>
    <message>
        <source>Not saved: this folder cannot be written to.</source>
        <translation>Non enregistré : impossible d&apos;écrire dans ce dossier.</translation>
    </message>
    <message>
        <source>There is no picture to print.</source>
        <translation>Il n&apos;y a pas d&apos;image à imprimer.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ViewportGrid</name>
    <message>
        <source>Viewports</source>
        <translation>Vues</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ViewportWidget</name>
    <message>
        <source>Viewport %1</source>
        <translation>Vue %1</translation>
    </message>
    <message>
        <source>%1, image %2 of %3</source>
        <translation>%1, image %2 sur %3</translation>
    </message>
    <message>
        <source>There are no grey values in this region.</source>
        <translation>Cette région ne contient aucune valeur de gris.</translation>
    </message>
    <message>
        <source>Drag a series here.</source>
        <translation>Glissez une série ici.</translation>
    </message>
    <message>
        <source>Nothing in this study can be shown as an image.</source>
        <translation>Rien dans cet examen ne peut être affiché comme image.</translation>
    </message>
    <message>
        <source>Nothing is subtracted here: there is no mask to move.</source>
        <translation>Rien n’est soustrait ici : il n’y a pas de masque à déplacer.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>series, plane</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::VolumeView</name>
    <message>
        <source>Volume in 3D</source>
        <translation>Volume en 3D</translation>
    </message>
    <message>
        <source>There is nothing to be seen at this point.</source>
        <translation>Il n’y a rien de visible à cet endroit.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::Walkthrough</name>
    <message>
        <source>Step %1 did not come about in time.</source>
        <translation>L&apos;étape %1 n&apos;a pas abouti à temps.</translation>
    </message>
    <message>
        <source>The folder for the pictures cannot be made.</source>
        <translation>Le dossier des images ne peut pas être créé.</translation>
    </message>
    <message>
        <source>Step %1 is left out: the studies here do not allow it.</source>
        <translation>L&apos;étape %1 est omise : les examens présents ne le permettent pas.</translation>
    </message>
    <message>
        <source>The picture of step %1 cannot be written.</source>
        <translation>L&apos;image de l&apos;étape %1 ne peut pas être écrite.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::WorklistWindow</name>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save the search as a worklist</source>
        <translation>Enregistrer la recherche comme liste de travail</translation>
    </message>
    <message>
        <source>Change the worklist</source>
        <translation>Modifier la liste de travail</translation>
    </message>
    <message>
        <source>Name of the worklist</source>
        <translation>Nom de la liste de travail</translation>
    </message>
    <message>
        <source>Refreshed every</source>
        <translation>Actualisée toutes les</translation>
    </message>
    <message>
        <source> min</source>
        <comment>unit after a number</comment>
        <translation> min</translation>
    </message>
    <message>
        <source>Only when asked for</source>
        <translation>À la demande seulement</translation>
    </message>
    <message>
        <source>While the worklist is shown it is asked for again so often</source>
        <translation>Tant que la liste de travail est affichée, elle est redemandée à cet intervalle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>There is a worklist of this name; it will be replaced.</source>
        <translation>Une liste de travail porte ce nom ; elle sera remplacée.</translation>
    </message>
    <message>
        <source>The place, the words and the filters as they are now; days such as &quot;today&quot; move with the calendar.</source>
        <translation>Le lieu, les mots et les filtres tels qu&apos;ils sont ; les jours comme « aujourd&apos;hui » suivent le calendrier.</translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::Workstation</name>
    <message>
        <source>Settings</source>
        <comment>kind of command</comment>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Help</source>
        <comment>kind of command</comment>
        <translation>Aide</translation>
    </message>
    <message>
        <source>About Negatoscope</source>
        <translation>À propos de Negatoscope</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Touches et souris</translation>
    </message>
</context>
</TS>
