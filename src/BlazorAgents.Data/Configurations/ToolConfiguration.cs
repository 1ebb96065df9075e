using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ToolConfiguration : IEntityTypeConfiguration<ToolSetting>, IEntityTypeConfiguration<ToolExecution>
{
    public void Configure(EntityTypeBuilder<ToolSetting> builder)
    {
        builder.HasKey(s => new { s.AgentId, s.ToolName });
        builder.Property(s => s.AgentId).HasMaxLength(64);
        builder.Property(s => s.ToolName).HasMaxLength(128);
        builder.Property(s => s.Mode).HasConversion<string>().HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<ToolExecution> builder)
    {
        builder.Property(e => e.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Risk).HasMaxLength(20);
        builder.Property(e => e.CallId).HasMaxLength(200);
        builder.Property(e => e.AgentId).HasMaxLength(64);
        builder.Property(e => e.ToolName).HasMaxLength(128);
        builder.Property(e => e.IdempotencyKey).HasMaxLength(260);
        builder.HasIndex(e => e.IdempotencyKey).IsUnique();
        builder.HasIndex(e => e.RunId);
        builder.HasIndex(e => new { e.ToolName, e.StartedAt });
        builder.HasIndex(e => e.State).HasFilter("\"State\" = 'Started'");
    }
}
