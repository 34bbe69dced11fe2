package io.itinera.jobs.config;

import io.itinera.core.persona.PersonaTrainer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** A setting that names a class that finds personas. */
final class ModelClass {

  static final SettingKind<PersonaTrainer> KIND =
      new SettingKind<>(
          "a class that implements " + PersonaTrainer.class.getName(),
          (customers, features, seed) -> null,
          value -> of(SettingKind.FILLED.convert().apply(value).strip()));

  private ModelClass() {}

  /** One of the class of that name; says what is wrong with it. */
  private static PersonaTrainer of(String name) {
    try {
      Class<?> named = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
      if (!PersonaTrainer.class.isAssignableFrom(named)) {
        throw refused("does not implement " + PersonaTrainer.class.getName(), null);
      }
      if (Modifier.isAbstract(named.getModifiers())) {
        throw refused("is abstract: name one that can be made", null);
      }
      if (!Modifier.isPublic(named.getModifiers())) {
        throw refused("is not public", null);
      }
      return (PersonaTrainer) named.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw refused(
          "is not on the class path: put its jar into ITINERA_CLASS_PATH, or with spark-submit into"
              + " --jars; the name is that of Java, such as org.example.MyPersonas",
          e);
    } catch (NoSuchMethodException e) {
      throw refused("needs a public constructor without parameters", e);
    } catch (InvocationTargetException e) {
      throw refused("cannot be made: " + e.getCause(), e);
    } catch (LinkageError | ReflectiveOperationException e) {
      throw refused("cannot be loaded: " + e, e);
    }
  }

  private static IllegalArgumentException refused(String problem, Throwable cause) {
    return new IllegalArgumentException("this class " + problem, cause);
  }
}
