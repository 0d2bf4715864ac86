/**
 * Texts of a page in one language. `{email}`, `{workspace}`, `{previous}` and `{inviter}` are replaced by the data of
 * the link.
 */
export interface PageTexts {
  readonly title: string;
  /** What the page is for. */
  readonly introduction: string;
  /** Replaces the introduction if the inviting user is known. */
  readonly introductionByInviter?: string;
  /** What to enter, by the kind of password that the link requires. */
  readonly hints?: Readonly<Record<string, string>>;
  readonly button: string;
  readonly done: string;
}

/** Texts that all pages share, in one language. */
export interface CommonTexts {
  readonly name: string;
  readonly newPassword: string;
  readonly currentPassword: string;
  readonly code: string;
  readonly incomplete: string;
  readonly invalid: string;
  readonly unreachable: string;
  readonly open: string;
}

export const COMMON_TEXTS: Readonly<Record<string, CommonTexts>> = {
  en: {
    name: 'Name',
    newPassword: 'New password',
    currentPassword: 'Password',
    code: 'Two-factor code, if you use one',
    incomplete: 'This link is incomplete. Open it from the e-mail again.',
    invalid: 'This link has expired or was already used. Ask for a new one.',
    unreachable: 'The server is unreachable. Try again.',
    open: 'Go to Parley',
  },
  de: {
    name: 'Name',
    newPassword: 'Neues Passwort',
    currentPassword: 'Passwort',
    code: 'Zwei-Faktor-Code, falls eingerichtet',
    incomplete: 'Dieser Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus der E-Mail.',
    invalid: 'Dieser Link ist abgelaufen oder wurde schon verwendet. Bitte fordern Sie einen neuen an.',
    unreachable: 'Der Server ist nicht erreichbar. Bitte versuchen Sie es noch einmal.',
    open: 'Weiter zu Parley',
  },
  es: {
    name: 'Nombre',
    newPassword: 'Nueva contraseña',
    currentPassword: 'Contraseña',
    code: 'Código de dos factores, si utiliza uno',
    incomplete: 'Este enlace está incompleto. Ábralo de nuevo desde el correo electrónico.',
    invalid: 'Este enlace ha caducado o ya se ha utilizado. Solicite uno nuevo.',
    unreachable: 'No se puede acceder al servidor. Inténtelo de nuevo.',
    open: 'Ir a Parley',
  },
  fr: {
    name: 'Nom',
    newPassword: 'Nouveau mot de passe',
    currentPassword: 'Mot de passe',
    code: 'Code à deux facteurs, si vous en utilisez un',
    incomplete: "Ce lien est incomplet. Ouvrez-le à nouveau depuis l'e-mail.",
    invalid: 'Ce lien a expiré ou a déjà été utilisé. Demandez-en un nouveau.',
    unreachable: 'Le serveur est injoignable. Réessayez.',
    open: 'Aller à Parley',
  },
};

const RULES: Readonly<Record<string, string>> = {
  en: 'At least 10 characters, not easy to guess, without your e-mail or the name of the workspace.',
  de: 'Mindestens 10 Zeichen, nicht leicht zu erraten, ohne Ihre E-Mail-Adresse und den Namen des Arbeitsbereichs.',
  es: 'Al menos 10 caracteres, difícil de adivinar, sin su correo electrónico ni el nombre del espacio de trabajo.',
  fr: "Au moins 10 caractères, difficile à deviner, sans votre e-mail ni le nom de l'espace de travail.",
};

export const INVITATION_TEXTS: Readonly<Record<string, PageTexts>> = {
  en: {
    title: 'Join {workspace}',
    introduction: 'You are invited to join {workspace} as {email}.',
    introductionByInviter: '{inviter} has invited you to join {workspace} as {email}.',
    hints: {
      new: `Choose a password. ${RULES.en}`,
      existing: 'You already have an account. Enter its password.',
      none: 'You need no password, because you sign in through a provider.',
    },
    button: 'Join',
    done: 'Welcome to {workspace}! You can now sign in as {email}.',
  },
  de: {
    title: '{workspace} beitreten',
    introduction: 'Sie sind eingeladen, {workspace} als {email} beizutreten.',
    introductionByInviter: '{inviter} hat Sie eingeladen, {workspace} als {email} beizutreten.',
    hints: {
      new: `Wählen Sie ein Passwort. ${RULES.de}`,
      existing: 'Sie haben schon ein Konto. Geben Sie dessen Passwort ein.',
      none: 'Sie brauchen kein Passwort, weil Sie sich über einen Anbieter anmelden.',
    },
    button: 'Beitreten',
    done: 'Willkommen bei {workspace}! Sie können sich jetzt als {email} anmelden.',
  },
  es: {
    title: 'Unirse a {workspace}',
    introduction: 'Se le ha invitado a unirse a {workspace} como {email}.',
    introductionByInviter: '{inviter} le ha invitado a unirse a {workspace} como {email}.',
    hints: {
      new: `Elija una contraseña. ${RULES.es}`,
      existing: 'Ya tiene una cuenta. Introduzca su contraseña.',
      none: 'No necesita contraseña, porque inicia sesión a través de un proveedor.',
    },
    button: 'Unirse',
    done: '¡Le damos la bienvenida a {workspace}! Ya puede iniciar sesión como {email}.',
  },
  fr: {
    title: 'Rejoindre {workspace}',
    introduction: 'Vous êtes invité à rejoindre {workspace} en tant que {email}.',
    introductionByInviter: '{inviter} vous invite à rejoindre {workspace} en tant que {email}.',
    hints: {
      new: `Choisissez un mot de passe. ${RULES.fr}`,
      existing: 'Vous avez déjà un compte. Saisissez son mot de passe.',
      none: "Vous n'avez pas besoin de mot de passe, car vous vous connectez par un fournisseur.",
    },
    button: 'Rejoindre',
    done: 'Bienvenue dans {workspace} ! Vous pouvez maintenant vous connecter en tant que {email}.',
  },
};

export const RESET_TEXTS: Readonly<Record<string, PageTexts>> = {
  en: {
    title: 'Choose a new password',
    introduction: `For {email}, to sign in to {workspace}. ${RULES.en} You will be signed out everywhere.`,
    button: 'Set password',
    done: 'The password of {email} has been changed. You can now sign in to {workspace} with it.',
  },
  de: {
    title: 'Neues Passwort wählen',
    introduction: `Für {email}, zur Anmeldung bei {workspace}. ${RULES.de} Sie werden überall abgemeldet.`,
    button: 'Passwort ändern',
    done: 'Das Passwort von {email} wurde geändert. Sie können sich jetzt damit bei {workspace} anmelden.',
  },
  es: {
    title: 'Elegir una nueva contraseña',
    introduction: `Para {email}, para iniciar sesión en {workspace}. ${RULES.es} Se cerrarán todas sus sesiones.`,
    button: 'Cambiar contraseña',
    done: 'Se ha cambiado la contraseña de {email}. Ya puede iniciar sesión en {workspace} con ella.',
  },
  fr: {
    title: 'Choisir un nouveau mot de passe',
    introduction: `Pour {email}, pour vous connecter à {workspace}. ${RULES.fr} Vous serez déconnecté partout.`,
    button: 'Changer le mot de passe',
    done: 'Le mot de passe de {email} a été changé. Vous pouvez maintenant vous connecter à {workspace}.',
  },
};

export const EMAIL_TEXTS: Readonly<Record<string, PageTexts>> = {
  en: {
    title: 'Confirm your new e-mail address',
    introduction: 'You will sign in to {workspace} as {email} instead of {previous}.',
    button: 'Confirm address',
    done: 'Your e-mail address is now {email}. You can sign in to {workspace} with it.',
  },
  de: {
    title: 'Neue E-Mail-Adresse bestätigen',
    introduction: 'Sie melden sich künftig bei {workspace} als {email} statt {previous} an.',
    button: 'Adresse bestätigen',
    done: 'Ihre E-Mail-Adresse ist jetzt {email}. Sie können sich damit bei {workspace} anmelden.',
  },
  es: {
    title: 'Confirmar su nueva dirección de correo',
    introduction: 'Iniciará sesión en {workspace} como {email} en lugar de {previous}.',
    button: 'Confirmar dirección',
    done: 'Su dirección de correo es ahora {email}. Puede iniciar sesión en {workspace} con ella.',
  },
  fr: {
    title: 'Confirmer votre nouvelle adresse e-mail',
    introduction: 'Vous vous connecterez à {workspace} en tant que {email} au lieu de {previous}.',
    button: "Confirmer l'adresse",
    done: 'Votre adresse e-mail est maintenant {email}. Vous pouvez vous connecter à {workspace} avec elle.',
  },
};
