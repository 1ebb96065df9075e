using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace BlazorAgents.Agents.Tools;

/// <summary>What a member of a parameter object is when the model leaves it out: the attribute's value, or the initialiser's.</summary>
internal static class SchemaDefaults
{
    /// <summary>The value; null when there is none worth telling.</summary>
    public static object? Find(JsonPropertyInfo property, Type? declaringType)
    {
        if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true)
        {
            return null;
        }

        if (property.AttributeProvider?.GetCustomAttributes(typeof(DefaultValueAttribute), inherit: true) is [DefaultValueAttribute { Value: { } said }, ..]
            && said.GetType() == Plain(property.PropertyType))
        {
            return said;
        }

        if (property.Get is null || !IsSimple(property.PropertyType)
            || declaringType is not { IsAbstract: false } || declaringType.GetConstructor(Type.EmptyTypes) is not { } constructor)
        {
            return null;
        }

        var value = property.Get(constructor.Invoke(null));
        return value is null or "" || value.Equals(Zero(property.PropertyType)) ? null : value;
    }

    private static bool IsSimple(Type type) =>
        Plain(type) is { } plain && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(decimal));

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>What a member without an initialiser is.</summary>
    private static object? Zero(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
