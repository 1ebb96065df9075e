using System.ComponentModel;
using System.Reflection;

namespace BlazorAgents.Web.Tests.Shop;

/// <summary>Reads what models are told about a parameter.</summary>
internal static class ShopText
{
    public static string Of(Delegate tool, string parameter) =>
        tool.Method.GetParameters().Single(candidate => candidate.Name == parameter).GetCustomAttribute<DescriptionAttribute>()!.Description;
}
