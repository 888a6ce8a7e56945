package io.github.embeddedcommerce.examples.minimal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host can see of an artifact: the public types of the packages that its module exports to everybody, and their
 * public and protected members, a line each. A question mark follows a type that may be null.
 */
final class PublicSurface {
    /** Of every object; a type that overrides one has no more members than one that does not. */
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private final SortedSet<String> lines = new TreeSet<>();

    private PublicSurface() {}

    /** The surface of the artifact that this class is from. */
    static List<String> of(Class<?> any) {
        PublicSurface surface = new PublicSurface();
        try {
            Path artifact = Path.of(
                    any.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (ModuleReference module : ModuleFinder.of(artifact).findAll()) {
                surface.add(module);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException | ClassNotFoundException failure) {
            throw new IllegalStateException(failure);
        }
        return List.copyOf(surface.lines);
    }

    private void add(ModuleReference module) throws IOException, ClassNotFoundException {
        Set<String> exported = module.descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            for (String file :
                    files.filter(name -> name.matches("io/.*\\.class")).toList()) {
                String name = file.replaceFirst("\\.class$", "").replace('/', '.');
                if (exported.contains(name.replaceFirst("\\.[^.]*$", "")) && !name.endsWith(".package-info")) {
                    add(Class.forName(name, false, PublicSurface.class.getClassLoader()));
                }
            }
        }
    }

    private void add(Class<?> type) {
        if (!isVisible(type)) {
            return;
        }
        lines.add(type.getCanonicalName() + ": " + kind(type));
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor)) {
                add(type, "(" + parameters(constructor.getAnnotatedParameterTypes()) + "): constructor");
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field)) {
                add(type, "." + field.getName() + ": " + modifiers(field) + named(field.getAnnotatedType()));
            }
        }
        // What comes from a superclass that hosts do not see is seen here.
        for (Class<?> from = type; from != null && (from == type || !isVisible(from)); from = from.getSuperclass()) {
            for (Method method : from.getDeclaredMethods()) {
                if (isVisible(method) && !OF_EVERY_OBJECT.contains(method.getName())) {
                    add(type, line(method));
                }
            }
        }
    }

    private void add(Class<?> type, String member) {
        lines.add(type.getCanonicalName() + member);
    }

    private static String line(Method method) {
        String variables = Arrays.stream(method.getTypeParameters())
                .map(PublicSurface::bounded)
                .collect(Collectors.joining(", "));
        String thrown = Arrays.stream(method.getGenericExceptionTypes())
                .map(PublicSurface::simple)
                .collect(Collectors.joining(", "));
        return "." + method.getName() + "(" + parameters(method.getAnnotatedParameterTypes()) + "): "
                + modifiers(method)
                + (variables.isEmpty() ? "" : "<" + variables + "> ")
                + named(method.getAnnotatedReturnType())
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String bounded(TypeVariable<?> variable) {
        Type bound = variable.getBounds()[0];
        return variable.getName() + (bound == Object.class ? "" : " extends " + simple(bound));
    }

    private static String kind(Class<?> type) {
        List<String> words = new ArrayList<>();
        int modifiers = type.getModifiers();
        if (Modifier.isAbstract(modifiers) && !type.isInterface()) {
            words.add("abstract");
        }
        if (type.isSealed()) {
            words.add("sealed");
        }
        if (Modifier.isFinal(modifiers) && !type.isRecord() && !type.isEnum()) {
            words.add("final");
        }
        if (type.isAnnotation()) {
            words.add("annotation");
        } else if (type.isInterface()) {
            words.add("interface");
        } else {
            words.add(type.isRecord() ? "record" : type.isEnum() ? "enum" : "class");
        }
        Type above = type.getGenericSuperclass();
        if (above != null && above != Object.class && !type.isRecord() && !type.isEnum()) {
            words.add("extends " + simple(above));
        }
        if (type.getGenericInterfaces().length > 0) {
            words.add("implements "
                    + Arrays.stream(type.getGenericInterfaces())
                            .map(PublicSurface::simple)
                            .collect(Collectors.joining(", ")));
        }
        return String.join(" ", words);
    }

    private static String modifiers(Member member) {
        String words = Modifier.isProtected(member.getModifiers()) ? "protected " : "";
        words += Modifier.isStatic(member.getModifiers()) ? "static " : "";
        return words + (Modifier.isAbstract(member.getModifiers()) ? "abstract " : "");
    }

    private static String parameters(AnnotatedType[] types) {
        return Arrays.stream(types).map(PublicSurface::named).collect(Collectors.joining(", "));
    }

    private static String named(AnnotatedType type) {
        return simple(type.getType()) + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
    }

    /** Without its packages. */
    private static String simple(Type type) {
        return type.getTypeName().replaceAll("\\b([a-z][a-z0-9]*\\.)+", "").replace('$', '.');
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        boolean open = (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
        return open && !type.isAnonymousClass() && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(Member member) {
        boolean inherited = Modifier.isProtected(member.getModifiers())
                && !Modifier.isFinal(member.getDeclaringClass().getModifiers());
        return (Modifier.isPublic(member.getModifiers()) || inherited) && !member.isSynthetic();
    }
}
