using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.People;

/// <summary>A change of an account while its transaction is open: what it is made of, and what becomes of it.</summary>
internal sealed class PersonChange(AppDbContext data, AppUser user)
{
    public AppDbContext Data { get; } = data;

    public AppUser User { get; } = user;

    /// <summary>For the audit, as all below.</summary>
    public string Action { get; set; } = "";

    public string Summary { get; set; } = "";

    public object? Details { get; set; }

    /// <summary>What open pages and the engine are told once it is stored.</summary>
    public Action? AfterCommit { get; set; }
}
